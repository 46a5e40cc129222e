(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"Nk4n":function(require,module,exports){
var b = "Ybgf" /*js*/;
var c = "wDP1" /*js*/;
module.exports = [b, c];
}
}]);
