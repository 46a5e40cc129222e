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

/**
 * A function that has URLs of scripts pass the policy of a name. It is made once, by the first URL: most pages allow
 * no second one of a name.
 */
export const trustText = (policy: string): string =>
  `function(p){return function(u){return Object.getOwnPropertyDescriptor(self,"trustedTypes")?(p=p||trustedTypes.createPolicy(${JSON.stringify(policy)},{createScriptURL:String})).createScriptURL(u):u}}()`;

const trustArgument = ({ trust }: LoaderTexts): string => (trust === undefined ? '' : `,${trust}`);

/** The script element that runs: what a page has that is called so, an image for one, does not stand before it. */
const CURRENT_SCRIPT = 'Reflect.get(Document.prototype,"currentScript",document)';

/**
 * What an inline script calls the loader with.
 * @param config JSON
 * @param hasNonce a nonce has to be found in shadow trees as well; without one here, a server may still have added it
 */
export function loaderCall(texts: LoaderTexts, config: unknown, hasNonce: boolean): string {
  const { loader, findScript } = texts;
  const bringer = hasNonce ? `(${findScript})("nonce")` : CURRENT_SCRIPT;
  return `(${loader})(${scriptJson(config)},${bringer}${trustArgument(texts)})`;
}

/** The loader's own file: it reads its config from the element that loads it. */
export function loaderFile(texts: LoaderTexts): string {
  const { loader, findScript } = texts;
  const parameters = `JSON.parse(s.getAttribute("data-dynapack")),s${trustArgument(texts)}`;
  return `(function(s){(${loader})(${parameters})})((${findScript})("data-dynapack"));\n`;
}
