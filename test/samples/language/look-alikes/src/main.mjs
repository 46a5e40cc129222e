import { value } from './value.mjs';
// import y from './gone.mjs'
/* export * from './gone.mjs'; import('./gone.mjs') */
result("import x from './gone.mjs'");
result('export default import.meta.url');
result(`import('./gone.mjs') ${value}`);
result(/import\('.\/gone.mjs'\)/.source);
result([
  (function () {
    return typeof new.target === 'undefined' ? 'function' : 'constructor';
  })(/* await */),
]);
