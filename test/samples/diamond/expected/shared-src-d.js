(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"oVQe":function(require,module,exports){
module.exports = 'd';
}
}]);
