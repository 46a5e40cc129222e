var found;
try {
  found = require('never-installed');
} catch (error) {
  found = [error.code, 'fallback'];
}
module.exports = found;
