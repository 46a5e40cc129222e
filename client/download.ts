/** Downloads a bundle, with a second attempt when the first one, which may be at another url, does not bring it. */
function download(
  config: LoaderConfig,
  bundle: ConfiguredBundle,
  isRetry?: 0 | 1,
  url?: string,
): Promise<void> {
  var script = ofDocument('createElement').call(document, 'script') as HTMLScriptElement;
  script.src = url || config.p + bundle[1];
  script.integrity = bundle[2] || '';
  script.crossOrigin = config.c || null;
  script.nonce = bringer ? bringer.nonce! : '';
  ofDocument('head').append(script);
  return new Promise<unknown>(function (resolve) {
    script.onload = resolve;
    script.onerror = function () {
      setTimeout(resolve, 400);
    };
  }).then(function () {
    // What counts is whether the modules have arrived. A script that loaded may be a page that says why it did
    // not, and a bundle whose script failed may have come by other means.
    if (!arrived[bundle[0]]) {
      if (isRetry) {
        bundles[bundle[0]] = 0;
        throw Error('Cannot load ' + script.src);
      }
      return download(config, bundle, 1);
    }
    return undefined;
  });
}
