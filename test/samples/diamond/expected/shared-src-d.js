(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"oVQeB7":function(require,module,exports){
module.exports = 'd';
}
}]);
