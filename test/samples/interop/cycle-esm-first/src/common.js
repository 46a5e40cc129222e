const esm = require('./esm');
const attempt = () => {
  try {
    return esm.constant;
  } catch (error) {
    return error.name;
  }
};
exports.seen = [esm.hoisted(), attempt()];
exports.late = () => [esm.hoisted(), attempt()];
