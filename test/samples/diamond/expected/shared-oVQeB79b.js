(self.dynapack=self.dynapack||[]).push(["shared-oVQeB79b.js",{
"oVQeB7":function(require,module,exports){
module.exports = 'd';
}
}]);
