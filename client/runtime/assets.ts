/** Where files are that modules ask for by their URL. */

/** Pages say so: any of the snippets whose bundles have the module. */
exports.asset = (id) => {
  for (const root in require.roots) {
    const { a: assets, p: prefix } = require.roots[root]!;
    if (assets && assets[id] !== undefined) return prefix + assets[id];
  }
  throw Error(`No page says where asset ${id} is`);
};
