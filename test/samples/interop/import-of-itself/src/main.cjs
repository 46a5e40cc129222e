exports.x = 1;
import('./main.cjs').then((all) => result([all.default === module.exports, all.x]));
