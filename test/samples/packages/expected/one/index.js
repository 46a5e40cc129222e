(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"one/index:js":function(require,module,exports){
module.exports = 'one, version 2';
}
}]);
