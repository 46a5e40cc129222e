(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"EzMLNd":function(require,module,exports){
module.exports = { "a": [1, 2] };
},
"jXf0Bx":function(require,module,exports){(function(__dirname,__filename,_$){
'use strict';
if ("production" !== 'production') require('./never');
exports.where = [__filename, __dirname, typeof global];
exports.$ = require("sPCSUW");
exports.data = require("EzMLNd");
exports.later = function () { return _$.import("SWdFfY",0); };
}).call(this,"/src","/src/main.js",require("*"));},
"sPCSUW":function(require,module,exports){
module.exports = jQuery;
},
"*":function(require,module,exports){
RUNTIME: base
RUNTIME: common
}
}]);
