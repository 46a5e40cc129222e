(self.dynapack=self.dynapack||[]).push(["src-later.js",{
"SWdFfY":function(require,module,exports){
///usr/bin/env node
module.exports = 1; // no line end
}
}]);
