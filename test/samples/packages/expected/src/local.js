(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"./src/local:js":function(require,module,exports){
module.exports = 'local';
}
}]);
