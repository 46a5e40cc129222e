(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"one/lib:js":function(require,module,exports){
module.exports = require("dynapack/virtual/empty:js");
}
}]);
