/** What to do instead of using what only others have, by its name. */

const BY_PATTERN =
  "Call it where it stands, with literals: import.meta.glob('./pages/*.js'), or require.context('./pages', true, /\\.js$/).";

const HINTS: ReadonlyMap<string, string> = new Map([
  ['context', BY_PATTERN],
  [
    'env',
    "The option 'dotenv: true' gives it what .env files say, 'define' single values: define: { 'import.meta.env.MODE': '\"production\"' }. Write out import.meta.env.",
  ],
  ['glob', BY_PATTERN],
  ['globEager', "It is import.meta.glob('./pages/*.js', { eager: true }) now."],
  ['resolve', 'For a module, import it. For another file, name the URL that it has on the site.'],
  ['__webpack_nonce__', 'The nonce of scripts is an option: scripts({ nonce }).'],
  ['__webpack_public_path__', "What URLs of bundles begin with is the option 'prefix'."],
  ['webpackContext', "Use import.meta.glob('./pages/*.js'), or require.context()."],
]);

export const hintForMember = (name: string): string | undefined => HINTS.get(name);
