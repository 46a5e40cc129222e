/** What the snippet passes: this is a parameter of the function that the build puts around all files, and so is the next. */
declare var config: LoaderConfig;

/** The script element that brings the loader, if it is known: with its nonce, script elements pass a strict policy. */
declare var bringer: HTMLScriptElement | null | undefined;

/** What a bundle pushes: its modules. It has no `b`, which tells it from a config. */
type ArrivedBundle = [modules: ModuleFunctions] & { b?: never };

/** What a registry takes: bundles, and what snippets know. */
type Message = ArrivedBundle | LoaderConfig;

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

/**
 * The global object, where registries are by their names: arrays, first queues, then with the `push` of a loader, which gives
 * nothing. What else is there under such a name is an element of the page, whose id or name it is.
 */
var registries = self as unknown as { [name: string]: Message[] | undefined };

/** What this snippet finds: a running loader, or a queue that nobody serves yet. */
var queue = registries[config.n] as Message[];
if (!Array.isArray(queue)) queue = registries[config.n] = [];
if (queue.push(config)) {
  queue.push = receive as Message[]['push'];
  queue.splice(0).forEach(receive);
}
