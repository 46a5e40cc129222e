/** Bundles a program and opens its page, where `show(value)` tells what became of it. */
import dynapack from 'dynapack';
import { finish, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

export const bundle = (project: Project, options: dynapack.Options = {}): Promise<Packed> =>
  pack([project.path('src/main.js')], { root: project.directory, ...options });

/** What the page shows, of promises what they come to. */
export async function shown(packed: Packed): Promise<unknown> {
  let found: unknown;
  const show = (value: unknown): void => {
    found = value;
  };
  const opened = await packed.visit('main', { show });
  await opened.settle();
  expectNone(opened.errors);
  return plain(await found);
}

function expectNone(errors: readonly unknown[]): void {
  if (errors.length > 0) throw errors[0];
}

/** The same in this context, with promises resolved: comparisons ask for prototypes. */
export async function plain(value: unknown): Promise<unknown> {
  const found = (await value) as never;
  if (typeof found !== 'object' || found === null) return found;
  if (Array.isArray(found)) return Promise.all(Array.from(found, plain));
  const entries = Object.entries(found).map(async ([key, each]) => [key, await plain(each)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** What a program of these files shows; `src/main.js` is the entry. */
export async function result(files: ProjectFiles, options?: dynapack.Options): Promise<unknown> {
  return shown(await bundle(new Project(files), options));
}

/** Codes and places of what is said of it besides, in its directory. */
export async function warnings(files: ProjectFiles): Promise<string[]> {
  const project = new Project(files);
  const stream = dynapack({ root: project.directory });
  const told: string[] = [];
  stream.on('warning', ({ code, path, lineNumber, columnNumber }) =>
    told.push(`${code} ${path.slice(project.directory.length + 1)}:${lineNumber}:${columnNumber}`),
  );
  stream.end(project.path('src/main.js'));
  await finish(stream);
  return told;
}

/** In a program, loads all of a lazy table. */
export const LOAD =
  'const load = async (found) => Object.fromEntries(await Promise.all(Object.entries(found).map(async ([key, each]) => [key, await each()])));\n';

/** Names of files that mean something in some place. */
export const HOSTILE = [
  ...[
    'a b',
    "q'q",
    'd"d',
    'e${x}',
    'ü',
    '中',
    'h#h',
    'q?q',
    'back`tick',
    'p%20',
    'a+b',
    '[id]',
    '(g)',
    '{x}',
    '$&',
    'a,b',
  ],
];
