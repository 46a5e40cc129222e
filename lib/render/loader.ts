/** The loader → scripts that call it with what an entry's page needs. */
import { scriptJson } from './escape';

/** Function expressions, see `client/`. */
export interface LoaderTexts {
  /** Takes a config, and the script element it is in, whose nonce it hands on. */
  loader: string;
  /** Gives the script element it is called in, which has the attribute that it is given. */
  findScript: string;
}

/** The script element that runs: what a page has that is called so, an image for one, does not stand before it. */
const CURRENT_SCRIPT = 'Reflect.get(Document.prototype,"currentScript",document)';

/**
 * What an inline script calls the loader with.
 * @param config JSON
 * @param hasNonce a nonce has to be found in shadow trees as well; without one here, a server may still have added it
 */
export function loaderCall({ loader, findScript }: LoaderTexts, config: unknown, hasNonce: boolean): string {
  const bringer = hasNonce ? `(${findScript})("nonce")` : CURRENT_SCRIPT;
  return `(${loader})(${scriptJson(config)},${bringer})`;
}

/** The loader's own file: it reads its config from the element that loads it. */
export const loaderFile = ({ loader, findScript }: LoaderTexts): string =>
  `(function(s){(${loader})(JSON.parse(s.getAttribute("data-dynapack")),s)})((${findScript})("data-dynapack"));\n`;
