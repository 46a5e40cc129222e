(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"./src/vendor/entry:js":function(require,module,exports){
module.exports = [require("one/lib:js"), require("two/index:js")];
}
}]);
