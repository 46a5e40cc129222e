(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"./src/main:js":function(require,module,exports){
exports.all = [require("./src/vendor/entry:js"), require("./src/local:js")];
}
}]);
