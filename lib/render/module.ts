/** One module → the text of its function, with references replaced by ids exactly at their ranges. */
import type { Module, NodeGlobal, Reference } from '../model';

/** What rendering needs to know of other modules. */
export interface ModuleNames {
  /** Id by path. */
  id(path: string): string;
  /** Stable name by path, such as `./src/main.js` or `lodash/map.js`. */
  name(path: string): string;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A parameter of the inner function and the expression passed for it. */
type Parameter = [name: string, argument: string];

/** An identifier that occurs nowhere in the source, for what `import(…)` becomes. */
function unusedIdentifier(source: string): string {
  let name = '$import';
  while (source.includes(name)) name += '$';
  return name;
}

/**
 * The text that takes a reference's place. An optional module that was not found keeps its specifier, which the
 * loader does not know: `require` throws and `import()` rejects, as in Node.
 */
function referenceText(
  reference: Reference,
  target: string | undefined,
  importer: string,
  names: ModuleNames,
) {
  const id = JSON.stringify(target === undefined ? reference.specifier : names.id(target));
  return reference.kind === 'import' ? `${importer}(${id})` : id;
}

function edits(module: Module, importer: string, names: ModuleNames): Edit[] {
  const { references, replacements } = module.facts;
  const all: Edit[] = [...replacements];
  references.forEach((reference, index) => {
    const text = referenceText(reference, module.targets[index], importer, names);
    all.push({ start: reference.start, end: reference.end, text });
  });
  return all.sort((a, b) => a.start - b.start);
}

function apply(source: string, sorted: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const { start, end, text } of sorted) {
    result += source.slice(position, start) + text;
    position = end;
  }
  return result + source.slice(position);
}

/** `./src/a.js` → `/src/a.js`, `lodash/map.js` → `/node_modules/lodash/map.js`: the same on every machine. */
function virtualPath(name: string): string {
  return name.startsWith('.') ? name.replace(/^(\.\.?\/)+/, '/') : `/node_modules/${name}`;
}

function argumentFor(name: NodeGlobal, module: Module, names: ModuleNames): string | undefined {
  if (name === 'global') return 'self';
  const path = virtualPath(names.name(module.path));
  if (name === '__filename') return JSON.stringify(path);
  if (name === '__dirname') return JSON.stringify(path.slice(0, path.lastIndexOf('/')) || '/');
  const shim = module.shims[name];
  if (shim === undefined) return undefined;
  const required = `require(${JSON.stringify(names.id(shim))})`;
  return name === 'process' ? required : `${required}.${name}`;
}

function parameters(module: Module, importer: string, names: ModuleNames): Parameter[] {
  const list: Parameter[] = [];
  for (const name of module.facts.nodeGlobals) {
    const argument = argumentFor(name, module, names);
    if (argument !== undefined) list.push([name, argument]);
  }
  if (module.facts.references.some(({ kind }) => kind === 'import')) list.push([importer, 'require.import']);
  return list;
}

/**
 * The module as one property of a bundle's object: `"id":function(require,module,exports){…}`. The source stands
 * between line ends of its own, so that a trailing comment cannot swallow the brace. What it needs of Node is
 * passed to a function around it, as browserify does: declarations and directives keep their meaning.
 */
export function renderModule(module: Module, names: ModuleNames): string {
  const importer = unusedIdentifier(module.source);
  const code = apply(module.source, edits(module, importer, names));
  const body = code.endsWith('\n') ? code : `${code}\n`;
  const list = parameters(module, importer, names);
  const head = `${JSON.stringify(names.id(module.path))}:function(require,module,exports){`;
  if (list.length === 0) return `${head}\n${body}}`;
  const inner = list.map(([name]) => name).join(',');
  const passed = list.map(([, argument]) => argument).join(',');
  return `${head}(function(${inner}){\n${body}}).call(this,${passed});}`;
}
