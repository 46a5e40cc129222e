(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"EzML":function(require,module,exports){
module.exports = { "a": [1, 2] };
},
"jXf0":function(require,module,exports){(function(__dirname,__filename,_$){
'use strict';
if ("production" !== 'production') require('./never');
exports.where = [__filename, __dirname, typeof global];
exports.$ = require("sPCS");
exports.data = require("EzML");
exports.later = function () { return _$.import("SWdF",0); };
}).call(this,"/src","/src/main.js",require("*"));},
"sPCS":function(require,module,exports){
module.exports = jQuery;
},
"*":function(require,module,exports){
RUNTIME: onlyCommon
}
}]);
