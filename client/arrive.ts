/** What a bundle pushes: its modules. */
type ArrivedBundle = [modules: ModuleFunctions];

/** What a registry takes: bundles, and what snippets know. */
type Message = ArrivedBundle | LoaderConfig;

/**
 * Takes the modules of a bundle, which is harmless when it comes twice. Where another release of it was here, its modules
 * take the place of those that have not run; if one that has run is not the same, all are refused.
 */
function take(modules: ModuleFunctions): void {
  var ids = Object.keys(modules);
  var isOther = ids.some(function (id) {
    return moduleCache[id] && arrived[id] && String(arrived[id][id]) !== String(modules[id]);
  });
  ids.forEach(function (id) {
    releases[id] = isOther ? 1 : '';
    if (!isOther) arrived[id] = modules;
  });
}

/**
 * The global object, where registries are by their names: arrays, first queues, then with the `push` of a loader, which gives
 * nothing. What else is there under such a name is an element of the page, whose id or name it is.
 */
var registries = self as unknown as { [name: string]: Message[] | undefined };
