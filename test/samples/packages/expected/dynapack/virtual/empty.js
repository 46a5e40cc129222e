(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"dynapack/virtual/empty:js":function(require,module,exports){

}
}]);
