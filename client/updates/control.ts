/**
 * The service workers of the site. One that answers for bundles is known by its url, that of the config, or by the name of
 * the file that builds write. Any other is foreign: it is never replaced.
 */

/**
 * Has the page run by itself what is in the store, where a foreign worker controls it. Throws where no worker does: a page
 * whose policy allows no `blob:` has no way to run it then.
 */
function checkController(config: LoaderConfig): void {
  if (!config.w) return;
  var url = navigator.serviceWorker.controller!.scriptURL;
  if (url !== new Request(config.w).url && !/\/dynapack-worker\.js\b/.test(url)) delete config.w;
}

/** Registers a worker for the next visit, unless there is one for its directory, ours or not, or for one above. */
function register(worker: string): Promise<unknown> {
  // The worker's own script is below all of these.
  return navigator.serviceWorker.getRegistration(worker).then(function (known) {
    return known || navigator.serviceWorker.register(trust ? trust(worker) : worker);
  });
}
