/** The loader → scripts that call it with what an entry's page needs. */
import { scriptJson } from './escape';

/** Function expressions, see `client/`. */
export interface LoaderTexts {
  /** Takes a config, and the script element it is in if that has a nonce. */
  loader: string;
  /** Gives the script element it is called in, which has the attribute that it is given. */
  findScript: string;
}

/**
 * What an inline script calls the loader with: a nonce is handed on to the scripts that the loader adds to the page.
 * @param config JSON
 */
export function loaderCall({ loader, findScript }: LoaderTexts, config: unknown, hasNonce: boolean): string {
  return `(${loader})(${scriptJson(config)}${hasNonce ? `,(${findScript})("nonce")` : ''})`;
}

/** The loader's own file: it reads its config from the element that loads it. */
export const loaderFile = ({ loader, findScript }: LoaderTexts): string =>
  `(function(s){(${loader})(JSON.parse(s.getAttribute("data-dynapack")),s)})((${findScript})("data-dynapack"));\n`;
