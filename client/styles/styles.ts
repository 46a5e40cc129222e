/**
 * Styles: each is a `<link>` at its place in the order of its page. Those that the page is written with count as well, wherever they stand.
 */

/** A style element that stands for a link, and has its properties. */
interface StandIn extends HTMLStyleElement {
  href: string;
  rel: string;
}

/** Fetches a bundle. */
function fetchBundle(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  return config.b.indexOf(bundle) >= config.y! ? fetchStyle(config, bundle) : fetchScript(config, bundle);
}

/** Sees to it that a style is in the page and has come. An entry waits for one attempt, and runs in any case, as pages do; all else fails. */
function fetchStyle(config: LoaderConfig, bundle: ConfiguredBundle): Promise<unknown> {
  var link = createLink(config, bundle);
  var there = findLink(link);
  // A server may have put it into the page, and says so.
  if ((there && isApplied(there)) || (config.o && config.o[bundle[1]])) {
    // An entry may run within the tag that is being read.
    releases[bundle[0]] = releaseOf(config, bundle);
    return Promise.resolve(keepStyle(config, bundle));
  }
  var first = there ? waitFor(there) : bringStyle(config, bundle, link);
  var last = first
    .catch(function () {
      if (there) there.remove();
      return fetchAgain(config, bundle, link);
    })
    .then(function () {
      keepStyle(config, bundle);
    });
  if (config.r[config.e]!.indexOf(config.b.indexOf(bundle)) < 0) return last;
  last.catch(function (error) {
    dispatchEvent(new CustomEvent('dynapack:failure', { detail: error }));
    setTimeout(function () {
      throw error;
    });
  });
  return first.catch(function () {});
}

function createLink(config: LoaderConfig, bundle: ConfiguredBundle): HTMLLinkElement {
  var link = ofDocument('createElement').call(document, 'link') as HTMLLinkElement;
  link.rel = 'stylesheet';
  link.crossOrigin = config.c || null;
  link.integrity = bundle[2] || '';
  link.nonce = (bringer || link).nonce;
  link.href = config.p + bundle[1];
  return link;
}

/** The last link of the page to the same style, or what stands for one. */
function findLink(link: HTMLLinkElement): HTMLLinkElement | undefined {
  var found: HTMLLinkElement | undefined;
  (ofDocument('querySelectorAll').call(document, 'link,style') as NodeListOf<HTMLLinkElement>).forEach(
    function (each) {
      if (each.href === link.href && /stylesheet/i.test(each.rel)) found = each;
    },
  );
  return found;
}

/** Whether a link has brought rules. One that has failed may have a sheet as well; into those of other hosts nobody can look. */
function isApplied(link: HTMLLinkElement): unknown {
  try {
    return link.sheet!.cssRules.length;
  } catch (_) {
    return link.sheet;
  }
}

/**
 * Resolves when a link of the page has brought its style: pages wait for all that they are written with, and scripts in them for what stands before.
 * Rejects when it has not.
 */
function waitFor(link: HTMLLinkElement): Promise<unknown> {
  return new Promise(function (resolve) {
    link.addEventListener('load', resolve);
    link.addEventListener('error', resolve);
    var state = ofDocument('readyState');
    if (state === 'complete' || (state === 'loading' && bringer && !bringer.src)) resolve(0);
    addEventListener('load', resolve);
  }).then(function () {
    if (!isApplied(link)) throw link;
  });
}

/** Fetches a style past the browser's cache. A page may not connect to it: then another query passes the cache. */
function fetchAgain(config: LoaderConfig, bundle: ConfiguredBundle, link: HTMLLinkElement): Promise<unknown> {
  return new Promise(function (resolve) {
    setTimeout(resolve, PAUSE);
  })
    .then(function () {
      return dropStyle(bundle);
    })
    .then(function () {
      return fetchFile(config, link.href, 'reload').then(textOf);
    })
    .catch(function () {
      link.href = link.href.replace(/\?|$/, '?' + Date.now() + '&');
    })
    .then(function () {
      return addStyle(config, bundle, link);
    });
}

/** Puts a link into the page. Rejects with a LoadError, when it is gone again. */
function addStyle(config: LoaderConfig, bundle: ConfiguredBundle, link: HTMLLinkElement): Promise<unknown> {
  return new Promise<Event | undefined>(function (resolve) {
    link.onload = link.onerror = resolve as OnErrorEventHandler & ((event: Event) => void);
    setTimeout(resolve, (config.t || LONGEST_DOWNLOAD) * 1000);
    place(config, config.b.indexOf(bundle), link);
  }).then(function (event) {
    if (event && event.type === 'load') return;
    link.remove();
    throw Object.assign(Error('Cannot load ' + createLink(config, bundle).href), {
      name: 'LoadError',
      code: event ? 'LOAD_FAILED' : 'LOAD_TIMEOUT',
      bundle: bundle[1],
      url: createLink(config, bundle).href,
    });
  });
}

/** Behind the nearest style of the page that stands before it, or before the nearest one behind it, or at the end of the head. */
function place(config: LoaderConfig, index: number, link: HTMLLinkElement | StandIn): void {
  var other: HTMLLinkElement | undefined;
  var at: number;
  for (at = index - 1; at >= config.y! && !other; at--) other = findLink(createLink(config, config.b[at]!));
  if (other) {
    other.after(link);
    return;
  }
  for (at = index + 1; at < config.b.length && !other; at++)
    other = findLink(createLink(config, config.b[at]!));
  if (other) other.before(link);
  else (ofDocument('head') || ofDocument('documentElement') || document).append(link);
}
