/** A map from any string. Tables have no prototype, so `constructor` and `__proto__` are keys like others. */
interface Table<Value> {
  [key: string]: Value | undefined;
}

/** For every module that has arrived, by id, what it came with: the modules of its bundle. */
var arrived: Table<ModuleFunctions> = Object.create(null);

/** Every module that has been evaluated or is being evaluated, by id. */
var moduleCache: Table<Module> = Object.create(null);

/** The entry that was started last. */
var mainId: string;

/** For every root, the config that knows it. */
var configs: Table<LoaderConfig> = Object.create(null);

/**
 * For every module that has arrived, its release: url and integrity of its bundle, '' as long as nobody has said. While the bundle
 * is under way it is 0; 1 when it came and was refused.
 */
var releases: Table<string | 0 | 1> = Object.create(null);

/** By release, the promise that a bundle arrives, while it is under way. */
var bundles: Table<Promise<void>> = Object.create(null);
