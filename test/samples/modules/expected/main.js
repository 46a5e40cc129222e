(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"AjGE":function(require,module,exports){(function(require){
module.exports = [typeof require("RDO2").bump];
}).call(this,require("*").nodeRequire(require));},
"RDO2":function*(){"use strict";yield[[],["count",()=>count,"type",()=>type,"bump",()=>bump],[["default",-1,"count"]]];yield;
let count = 0, type = 'counter';
function bump() { count++ }
;
},
"jXf0":function*(_$require){"use strict";const _$=_$require("*"),_$meta=_$.meta("/src/main.js");var[_$0]=yield[["RDO2",["AjGE",0,"default"]],["before",()=>before,"default",()=>_$default],[["all",0,0],["kind",0,"type"],["a name",1,"default"],["count",0],["type",0],["bump",0]]];yield;
;
;
;
;
;

// The line before ends without a semicolon.
const before = _$0.default
;(0,_$0.bump)(_$0.type)
const _$default={default:() => ({ kind:_$0.type, url: _$meta.url, later: () => _$.import("SWdF") })}.default;
},
"*":function(require,module,exports){
RUNTIME: base
RUNTIME: common
RUNTIME: modules
RUNTIME: page
RUNTIME: waiting
}
}]);
