(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"two/index:js":function(require,module,exports){
module.exports = require("one/index:js");
}
}]);
