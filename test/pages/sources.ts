/** Small programs that several tests bundle. */
import dynapack from 'dynapack';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** How a module asks for another one later, and whether it is an ES module itself. */
export type Form = 'ensure' | 'import()' | 'import() in ES modules';

export const FORMS: readonly Form[] = ['ensure', 'import()', 'import() in ES modules'];

const isEs = (form: Form): boolean => form === 'import() in ES modules';

/** A module that says that it runs, and what it is. */
export function says(name: string, before = '', form: Form = 'ensure'): string {
  const exported = isEs(form) ? 'export default' : 'module.exports =';
  return `${before}log.push(${JSON.stringify(name)});\n${exported} ${JSON.stringify(`${name} here`)};\n`;
}

/** Source that needs a module at once. */
export const needs = (form: Form, name: string): string =>
  isEs(form) ? `import './${name}.js';\n` : `require('./${name}');\n`;

/** Source that offers a module under a name, in either form. */
export function offers(form: Form, name: string, specifier = `./${name}`): string {
  const text = JSON.stringify(specifier);
  if (form !== 'ensure') {
    return `offer('${name}', (callback) => import(${text}).then((found) => callback(null, found.default), callback));\n`;
  }
  return `offer('${name}', (callback) => {
  const id = ${text} /*js*/;
  require('node-ensure')([id], (error) => (error ? callback(error) : callback(null, require(id))));
});\n`;
}

/** `a⇒b,c; b,c→d`. */
export const diamond = (form: Form): ProjectFiles => ({
  'a.js': `${offers(form, 'b')}${offers(form, 'c')}${says('a', '', form)}`,
  'b.js': says('b', needs(form, 'd'), form),
  'c.js': says('c', needs(form, 'd'), form),
  'd.js': says('d', '', form),
});

/** Bundles files of a project: the entries by their names. */
export function packFiles(
  files: ProjectFiles,
  entries: readonly string[],
  options: dynapack.Options = {},
  scriptsOptions?: dynapack.ScriptsOptions,
): Promise<Packed> {
  const project = new Project(files).link('node-ensure');
  const stream = hush(dynapack({ root: project.directory, ...options }));
  for (const entry of entries) stream.write(project.path(entry));
  stream.end();
  return finish(stream, scriptsOptions);
}

/** The name of the bundle that holds a file. */
export function bundleOf({ metadata }: Packed, file: string): string {
  const found = Object.entries(metadata.bundles).find(([, paths]) =>
    paths.some((path) => path.endsWith(`/${file}`)),
  );
  return found?.[0] as string;
}

/** Bundles files and serves the bundles under other names, which `scripts` learns from an alias object. */
export async function packRenamed(
  files: ProjectFiles,
  entries: readonly string[],
  servedName: (bundle: string) => string,
): Promise<Packed> {
  const project = new Project(files).link('node-ensure');
  const stream = hush(dynapack({ root: project.directory }));
  for (const entry of entries) stream.write(project.path(entry));
  stream.end();
  const packed = await finish(stream);
  const aliases = Object.keys(packed.bundles).map((name) => [name, servedName(name)] as const);
  const scripts = stream.scripts();
  scripts.end(Object.fromEntries(aliases));
  for await (const file of scripts) packed.scripts[file.relative] = String(file.contents);
  const bundles = aliases.map(([name, served]) => [served, packed.bundles[name] as string] as const);
  return { ...packed, bundles: Object.fromEntries(bundles) };
}
