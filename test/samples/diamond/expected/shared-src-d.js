(self.dynapack=self.dynapack||[]).push(["shared-src-d.js",{
"oVQeB7":function(require,module,exports){
module.exports = 'd';
}
}]);
