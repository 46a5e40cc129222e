/** What the snippet passes: this is a parameter of the function that the build puts around all files, and so is the next. */
declare var config: LoaderConfig;

/** The script element that brings the loader, if it is known: with its nonce, script elements pass a strict policy. */
declare var bringer: HTMLScriptElement | null | undefined;

/** Makes a URL one that the page's Trusted Types let in, where its snippets have a policy. */
declare var trust: ((url: string) => string) | undefined;

/** What this snippet finds: a running loader, or a queue that nobody serves yet. */
var queue = registries[config.n] as Message[];
if (!Array.isArray(queue)) queue = registries[config.n] = [];
if (queue.push(config)) {
  queue.push = receive as Message[]['push'];
  queue.splice(0).forEach(receive);
}
