(self.dynapack=self.dynapack||[]).push(["src-c.js",{
"wDP14B":function(require,module,exports){
module.exports = ['c', require("oVQeB7")];
}
}]);
