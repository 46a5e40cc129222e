(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"SWdF":function(require,module,exports){
///usr/bin/env node
module.exports = 1; // no line end
}
}]);
