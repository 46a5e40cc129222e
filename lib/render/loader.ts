/** The loader → scripts that call it with what an entry's page needs. */
import { scriptJson } from './escape';

/** Function expressions, see `client/`. */
export interface LoaderTexts {
  /** Takes a config, and the script element it is in, whose nonce it hands on. */
  loader: string;
  /** Gives the script element it is called in, which has the attribute that it is given. */
  findScript: string;
  /** Makes URLs such as the page's Trusted Types let in; the loader does without where there is none. */
  trust?: string | undefined;
}

/** An element of the page may be called so, where the browser has none. */
const PAGE_TYPES = 'Object.getOwnPropertyDescriptor(self,"trustedTypes")&&trustedTypes';

/** A worker has no elements, and its properties are not its own. */
export const WORKER_TYPES = 'self.trustedTypes';

/**
 * A function that has URLs of scripts pass the policy of a name. It is made once, by the first URL: most pages allow
 * no second one of a name. So the first one is left where all that makes such URLs finds it, by the name of the registry.
 */
export const trustText = (policy: string, registry: string, types: string = PAGE_TYPES): string =>
  `function(t,r,p){function f(u){return t?(p=p||t.createPolicy(${JSON.stringify(policy)},{createScriptURL:String})).createScriptURL(u):u}f.policy=${JSON.stringify(policy)};return t?t[r]=t[r]||f:f}(${types},${JSON.stringify(`dynapack ${registry}`)})`;

const trustArgument = ({ trust }: LoaderTexts): string => (trust === undefined ? '' : `,${trust}`);

/** A property of the document: what a page has that is called so, an image for one, does not stand before it. */
const ofDocument = (name: string): string => `Reflect.get(Document.prototype,"${name}",document)`;

/** Makes the prefix of a config absolute, since a page may give itself other URLs later. */
const RESOLVE = `c.p=new URL(c.p+"x",${ofDocument('baseURI')}).href.slice(0,-1)`;

/** Whether URLs with the prefix depend on the page that they are in. */
export const isRelativePrefix = (prefix: string): boolean => !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(prefix);

/**
 * What an inline script calls the loader with.
 * @param config as it is documented in `client/config.ts`
 * @param hasNonce a nonce has to be found in shadow trees as well; without one here, a server may still have added it
 */
export function loaderCall(texts: LoaderTexts, config: { p: string }, hasNonce: boolean): string {
  const { loader, findScript } = texts;
  const bringer = hasNonce ? `(${findScript})("nonce")` : ofDocument('currentScript');
  const others = bringer + trustArgument(texts);
  if (!isRelativePrefix(config.p)) return `(${loader})(${scriptJson(config)},${others})`;
  return `(function(c){${RESOLVE};(${loader})(c,${others})})(${scriptJson(config)})`;
}

/** The loader's own file: it reads its config from the element that loads it. */
export function loaderFile(texts: LoaderTexts): string {
  const { loader, findScript } = texts;
  const read = `var c=JSON.parse(s.getAttribute("data-dynapack"));${RESOLVE}`;
  return `(function(s){${read};(${loader})(c,s${trustArgument(texts)})})((${findScript})("data-dynapack"));\n`;
}

/**
 * The file that starts workers: each has its config behind the URL of this file.
 * @param loader a function expression, see `client/workers/`
 */
export const workerLoaderFile = (loader: string, trust: string | undefined): string =>
  `(${loader})(JSON.parse(decodeURIComponent(location.hash.slice(1)))${trust === undefined ? '' : `,${trust}`});\n`;
