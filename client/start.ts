/** What the snippet passes: this is the parameter of the function that the build puts around all files. */
declare var config: LoaderConfig;

/** What a bundle pushes: its modules. It has no `b`, which tells it from a config. */
type ArrivedBundle = [modules: ModuleFunctions] & { b?: never };

/** What a registry takes: bundles, and what snippets know. */
type Message = ArrivedBundle | LoaderConfig;

/** A loader that serves its pack. Its `push` gives nothing: there is no queue whose length it could give. */
interface Registry {
  push(message: Message): void;
}

/**
 * Takes what a snippet knows, and runs its entry; or takes the modules of a bundle, which is harmless when it
 * comes twice: what has been evaluated stays.
 */
function receive(message: Message): void {
  if (message.b) {
    for (var root in message.r) configs[root] = message;
    ensure(message.e, function (error) {
      if (error) throw error;
      createRequire()((mainId = message.e));
    });
  } else {
    Object.keys(message[0]).forEach(function (id) {
      arrived[id] = (message as ArrivedBundle)[0];
    });
  }
}

/** The global object, where registries are by their names. */
var registries = self as unknown as { [name: string]: Message[] | Registry | undefined };

/** What this snippet finds: a running loader, or a queue that nobody serves yet, perhaps an empty one. */
var queue = (registries[config.n] || []) as Message[];
if (queue.push(config)) queue.forEach((registries[config.n] = { push: receive }).push);
