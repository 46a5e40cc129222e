/** What the updating loader does for styles: from the store, or by an update of what is there; in any doubt they are downloaded. */

/** Puts a style into the page. */
function bringStyle(config: LoaderConfig, bundle: ConfiguredBundle, link: HTMLLinkElement): Promise<unknown> {
  return openStore()
    .then(function () {
      checkController(config);
      return find(config, bundle);
    })
    .then(function (entry) {
      // The worker answers for the link, and so does the HTTP cache for a copy.
      return config.w || !factsOf(entry)[3] ? Promise.reject() : textOf(entry);
    })
    .then(function (text) {
      return check(bundle, text).then(
        function () {
          return addStandIn(config, bundle, createStandIn(link, text));
        },
        function (error) {
          dropStyle(bundle);
          throw error;
        },
      );
    })
    .catch(function () {
      return addStyle(config, bundle, link);
    });
}

/** A style element with a text, in place of a link. */
function createStandIn(link: HTMLLinkElement, text: string): StandIn {
  var style = ofDocument('createElement').call(document, 'style') as StandIn;
  style.nonce = link.nonce;
  style.href = link.href;
  style.rel = link.rel;
  style.append(text);
  return style;
}

/** Resolves when it has what it imports. Where the page's policy refuses it, it is gone again. */
function addStandIn(config: LoaderConfig, bundle: ConfiguredBundle, style: StandIn): Promise<unknown> {
  return new Promise(function (resolve) {
    style.onload = style.onerror = resolve as OnErrorEventHandler & ((event: Event) => void);
    setTimeout(resolve, (config.t || LONGEST_DOWNLOAD) * 1000);
    place(config, config.b.indexOf(bundle), style);
    if (style.sheet) return;
    style.remove();
    throw style;
  });
}

/** Has a style copied to the store. */
function keepStyle(config: LoaderConfig, bundle: ConfiguredBundle): void {
  keepBundle(config, bundle);
}

/** What the store has of a style that has failed may be damaged: the worker would answer with it again. */
function dropStyle(bundle: ConfiguredBundle): Promise<unknown> {
  return openStore()
    .then(function () {
      return store.delete(addressOf(versionOf(bundle)));
    })
    .catch(ignore);
}
