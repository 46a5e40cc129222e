(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"wDP1":function(require,module,exports){
module.exports = ['c', require("oVQe")];
}
}]);
