/** A map from any string. Tables have no prototype, so `constructor` and `__proto__` are keys like others. */
interface Table<Value> {
  [key: string]: Value | undefined;
}

/** What a bundle is before it is asked for, and when it could not be had: as good as unknown. */
type Absent = undefined | 0;

/** For every module that has arrived, by id, what it came with: the modules of its bundle. */
var arrived: Table<ModuleFunctions> = Object.create(null);

/** Every module that has been evaluated or is being evaluated, by id. */
var moduleCache: Table<Module> = Object.create(null);

/** The entry that was started last. */
var mainId: string;

/** For every root, the config that knows it. */
var configs: Table<LoaderConfig> = Object.create(null);

/** Every bundle by its module: absent, or the promise of its arrival. */
var bundles: Table<Absent | Promise<void>> = Object.create(null);
