/** `import.meta.env` of .env files and the process's environment, as Vite documents it: https://vite.dev/guide/env-and-mode */
import { resolve } from 'node:path';
import { readTextIfFile } from '../fs/files';
import { type Define, valueIn } from '../parse/parse';

/** Loaded when they are asked for. */
const dotenv = () => require('dotenv') as typeof import('dotenv');
const dotenvExpand = () => require('dotenv-expand') as typeof import('dotenv-expand');

export interface DotenvOptions {
  /** Which `.env.[mode]` files count, and `import.meta.env.MODE`. Default: NODE_ENV. */
  mode?: string;
  /** Where the files are, relative to `root`. Default `.`. */
  directory?: string;
  /** What names begin with that pages may know. Default `VITE_`. */
  prefix?: string | readonly string[];
  /** `import.meta.env.BASE_URL`, a URL. Default `/`. */
  base?: string;
}

export interface Dotenv {
  define: Define;
  /** Absolute paths of the files that are there. */
  files: string[];
}

/** The later ones count before the earlier ones. */
const namesFor = (mode: string): string[] => ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`];

/** What files say, with what stands for `$NAME` in them. The process's environment counts first. */
function valuesIn(texts: readonly string[], environment: NodeJS.ProcessEnv): Record<string, string> {
  const parsed = Object.assign({}, ...texts.map((text) => dotenv().parse(text))) as Record<string, string>;
  // It writes into the environment that it is given.
  return (
    dotenvExpand().expand({ parsed, processEnv: { ...environment } as Record<string, string> }).parsed ?? {}
  );
}

const OBJECT = 'import.meta.env';

/** What `define` has for single names: whoever takes the whole object gets these as well. */
function definedIn(define: Define): Record<string, unknown> {
  const own = Object.entries(define).filter(([path]) => path.startsWith(`${OBJECT}.`));
  return Object.fromEntries(
    own.flatMap(([path, text]) => {
      const value = valueIn(text);
      const name = path.slice(OBJECT.length + 1);
      return value === undefined || name.includes('.') ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads the files of a mode.
 * @param nodeEnv value of `process.env.NODE_ENV` in pages
 */
export function readDotenv(
  { mode = '', directory = '.', prefix = 'VITE_', base = '/' }: DotenvOptions,
  root: string,
  nodeEnv: string,
  define: Define = {},
): Dotenv {
  const environment = process.env;
  const MODE = mode || nodeEnv;
  const paths = namesFor(MODE).map((name) => resolve(root, directory, name));
  const read = paths.flatMap((path) => {
    const text = readTextIfFile(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const texts = read.map(({ text }) => text);
  const isPublic = ([name]: [string, unknown]): boolean =>
    [prefix].flat().some((each) => name.startsWith(each));
  const values = Object.fromEntries(
    Object.entries({ ...valuesIn(texts, environment), ...environment }).filter(isPublic),
  );
  const PROD = nodeEnv === 'production';
  const env = { ...values, MODE, BASE_URL: base, PROD, DEV: !PROD, SSR: false, ...definedIn(define) };
  return { define: { [OBJECT]: JSON.stringify(env) }, files: read.map(({ path }) => path) };
}
