/** A map from any string. Tables have no prototype, so `constructor` and `__proto__` are keys like others. */
interface Table<Value> {
  [key: string]: Value | undefined;
}

/** What a bundle is while it is neither here nor under way: as good as unknown. */
type Absent = undefined | 0;

/** What a bundle is when its modules are here, no matter how they came. */
type Arrived = 1;

/** Every module that has arrived, by id. */
var moduleFunctions: Table<ModuleFunction> = Object.create(null);

/** Every module that has been evaluated or is being evaluated, by id. */
var moduleCache: Table<Module> = Object.create(null);

/** The entry that was started last. */
var mainId: string;

/** For every root, the config that knows it. */
var configs: Table<LoaderConfig> = Object.create(null);

/** Every bundle by name: absent, arrived, or under way, which is then the promise of its arrival. */
var bundles: Table<Absent | Arrived | Promise<void>> = Object.create(null);

/** The script that brought this loader, with the nonce that lets script elements pass a strict policy. */
var currentScript = document.currentScript;
