/** The sources of tables of files: what a pattern means, as a module that imports each file, or can. */
import type { Context, Globs, Pattern, Texts } from '../../facts';
import { becomesStyle, isStyleModule } from '../../formats';
import { fileOf, patternIn, shownPattern } from '../../module-path';
import type { Match, Matched } from './match';
import { queryBehind } from './texts';

type Files = Matched['files'];

const quote = (text: string): string => JSON.stringify(text);

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * The source of the module at the path of a table. What is dynamic in it is a root like any `import()`; what is not, runs before the module
 * that asks for it, or when it is required.
 */
export function tableSource(path: string, match: Match): string {
  const pattern = patternIn(path) as Pattern;
  const found = match(fileOf(path), pattern);
  const files = 'files' in found ? found.files : [];
  if (pattern.by === 'glob') return pattern.eager ? eagerTable(files, pattern) : lazyTable(files, pattern);
  if (pattern.by === 'context') return contextTable(files, pattern);
  return pattern.by === 'import' ? importTable(files, pattern) : requireTable(files, pattern);
}

/** The properties of an object. */
const listed = (lines: readonly string[]): string => lines.map((line) => `\n  ${line},`).join('');

function lazyTable(files: Files, { import: name, query = '' }: Globs): string {
  const behind = name === undefined ? '' : `.then((module) => module[${quote(name)}])`;
  const lines = files.map(
    ([key, specifier]) => `${quote(key)}: () => import(${quote(specifier + query)})${behind}`,
  );
  return `export default () => ({${listed(lines)}\n});\n`;
}

function eagerTable(files: Files, { import: name, query = '' }: Globs): string {
  const exported = name === undefined || IDENTIFIER.test(name) ? name : quote(name);
  const imports: string[] = [];
  const lines = files.map(([key, specifier], index) => {
    const from = quote(specifier + query);
    if (query === '' && isPlainStyle(specifier)) {
      imports.push(`import ${from};\n`);
      return `${quote(key)}: ${name === undefined ? '{}' : 'undefined'}`;
    }
    const what = exported === undefined ? `* as file${index}` : `{ ${exported} as file${index} }`;
    imports.push(`import ${what} from ${from};\n`);
    return `${quote(key)}: file${index}`;
  });
  return `${imports.join('')}export default () => ({${listed(lines)}\n});\n`;
}

/** A style is there for its effect: it exports nothing. */
const isPlainStyle = (file: string): boolean => becomesStyle(file) && !isStyleModule(file);

/** What is not in a table fails as what `require` does not find. All texts begin with a dot, as nothing that objects inherit does. */
const NOT_FOUND = `(name) =>
  Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
`;

function importTable(files: Files, pattern: Texts): string {
  const { attributes } = pattern;
  const query = queryBehind(pattern);
  const options = attributes ? `, ${JSON.stringify({ with: attributes })}` : '';
  const lines = files.map(
    ([key, specifier]) => `${quote(key)}: () => import(${quote(specifier + query)}${options})`,
  );
  return `const modules = {${listed(lines)}\n};
const notFound = ${NOT_FOUND}export default (name) => (modules[name] ? modules[name]() : Promise.reject(notFound(name)));
`;
}

const requiredLines = (files: Files, query = ''): string[] =>
  files.map(([key, specifier]) => `${quote(key)}: () => require(${quote(specifier + query)})`);

function requireTable(files: Files, pattern: Texts): string {
  return `const modules = {${listed(requiredLines(files, queryBehind(pattern)))}\n};
const notFound = ${NOT_FOUND}module.exports = (name) => {
  if (!modules[name]) throw notFound(name);
  return modules[name]();
};
`;
}

/** webpack's: a function with the keys, and what each is known by. */
function contextTable(files: Files, pattern: Context): string {
  const { mode } = pattern;
  const lines =
    mode === 'lazy'
      ? files.map(([key, specifier]) => `${quote(key)}: () => import(${quote(specifier)})`)
      : requiredLines(files);
  const ids = files.map(([key, specifier]) => `${quote(key)}: require.resolve(${quote(specifier)})`);
  const known = mode === 'lazy' ? 'name' : 'ids[name]';
  return `const modules = {${listed(['__proto__: null', ...lines])}\n};
${mode === 'lazy' ? '' : `const ids = {${listed(ids)}\n};\n`}const notFound = ${NOT_FOUND}const find = (name) => {
  if (!modules[name]) throw notFound(name);
  return modules[name];
};
const load = (name) => ${mode === 'sync' ? 'find(name)()' : 'new Promise((resolve) => resolve(find(name)()))'};
load.keys = () => Object.keys(modules);
load.resolve = (name) => (find(name), ${known});
load.id = ${quote(shownPattern(pattern))};
module.exports = () => load;
`;
}
