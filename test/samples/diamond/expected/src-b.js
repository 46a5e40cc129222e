(self.dynapack=self.dynapack||[]).push(["src-b.js",{
"YbgfIc":function(require,module,exports){
module.exports = ['b', require("oVQeB7")];
}
}]);
