(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"Nk4nDT":function(require,module,exports){
var b = "YbgfIc" /*js*/;
var c = "wDP14B" /*js*/;
module.exports = [b, c];
}
}]);
