(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"Ybgf":function(require,module,exports){
module.exports = ['b', require("oVQe")];
}
}]);
