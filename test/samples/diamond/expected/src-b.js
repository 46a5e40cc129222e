(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"YbgfIc":function(require,module,exports){
module.exports = ['b', require("oVQeB7")];
}
}]);
