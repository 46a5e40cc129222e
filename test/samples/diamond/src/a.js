var b = './b' /*js*/;
var c = './c' /*js*/;
module.exports = [b, c];
