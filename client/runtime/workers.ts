/** Workers: each is the loader of workers, which finds what it needs to know behind its own url. */

exports.worker = (id, options) => {
  for (const root in require.roots) {
    const config = require.roots[root]!;
    if (!config.k || !config.k[id]) continue;
    const trust = trustOf(config);
    const script = `${scriptOf(config, trust)}#${encodeURI(JSON.stringify(workerConfig(config, id)))}`;
    // The loader is no module, whatever the worker is.
    return [
      trust ? trust(script) : script,
      Object(options) === options ? Object.assign({}, options, { type: 'classic' }) : options,
    ];
  }
  throw Error(`No page says where worker ${id} is`);
};

/** Makes URLs such as Trusted Types let in, by the policy of a name. */
type Trust = { (url: string): string; policy?: string };

type WithTrust = { trustedTypes?: { [name: string]: Trust | undefined } };

/** What the page's Trusted Types let URLs in by: its snippet has left that there. */
function trustOf({ n: registry }: LoaderConfig): Trust | undefined {
  // In a page that may be an element.
  const isTheirs = !self.Document || Object.getOwnPropertyDescriptor(self, 'trustedTypes');
  const types = isTheirs && (self as WithTrust).trustedTypes;
  return types ? types[`dynapack ${registry}`] : undefined;
}

/** Where the loader of workers is. Browsers take no worker from another host, but what such a worker imports. */
function scriptOf(config: LoaderConfig, trust: Trust | undefined): string {
  const url = new URL(config.p + config.l, base);
  if (url.origin === self.origin) return url.href;
  const text = importText(url.href, config, trust);
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** A script that imports another one. It is under the policy of its page, and what it imports takes over how that lets URLs in. */
function importText(url: string, config: LoaderConfig, trust: Trust | undefined): string {
  if (!trust) return `importScripts(${JSON.stringify(url)})`;
  const [policy, name] = [trust.policy, `dynapack ${config.n}`].map((text) => JSON.stringify(text));
  return `var t=trustedTypes,p=t.createPolicy(${policy},{createScriptURL:String});importScripts((t[${name}]=Object.assign(function(u){return p.createScriptURL(u)},{policy:${policy}}))(${JSON.stringify(url)}))`;
}

/** What a worker knows. It depends on no page, so that a shared worker has one url. */
function workerConfig(config: LoaderConfig, id: string): LoaderConfig {
  const { b: indices, r, k: ids = [], a: assets = [] } = config.k![id]!;
  const k: { [id: string]: WorkerConfig } = {};
  const a: { [id: string]: string } = {};
  for (const other of ids) {
    const known = config.k![other]!;
    k[other] = Object.assign({}, known, { b: known.b.map((index) => indices.indexOf(index)) });
  }
  for (const asset of assets) a[asset] = config.a![asset]!;
  return {
    n: config.n,
    p: new URL(config.p, base).href,
    // Nothing but the names: what a worker imports has no integrity, and is made by no patches.
    b: indices.map((index) => config.b[index]!.slice(0, 2) as ConfiguredBundle),
    r,
    e: id,
    k,
    l: config.l!,
    a,
    // Where there is none, nothing is said.
    h: config.h!,
  };
}
