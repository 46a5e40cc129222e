let found;
try {
  found = require('./never-written');
} catch {
  found = 'esm fallback';
}
export default found;
