(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"wDP14B":function(require,module,exports){
module.exports = ['c', require("oVQeB7")];
}
}]);
