/** A random program whose modules have the same few names for what they declare, export, import, and declare further in. */
import { Dice } from '../esm/dice';
import type { ProjectFiles } from '../helpers/project';

/** Some of them are words that are no keywords everywhere. */
const NAMES = ['own', 'x', 'f', 'K', 'of', 'name', '_$', 'async'];

/** What else imports are called, and exports. */
const MORE_LOCALS = ['other', 'again'];
const MORE_EXPORTS = ['default', 'alias', 'my name'];

/** An export of another module. */
interface Origin {
  from: NamedModule;
  name: string;
}

interface NamedModule {
  file: string;
  language: 'module' | 'commonjs' | 'json';
  /** Names that its top level declares, besides imports. */
  own: string[];
  /** By the name of an export, the name that it has at the top level. */
  exports: Map<string, string>;
  handedOn: Map<string, Origin>;
  hasNamelessDefault: boolean;
  /** `*` is the name of namespaces. */
  imports: (Origin & { local: string })[];
  /** What it loads when it runs. */
  loads: NamedModule | undefined;
  /** Of the choices that its text depends on. */
  seed: number;
}

const exportsOf = (module: NamedModule): string[] => [
  ...module.exports.keys(),
  ...module.handedOn.keys(),
  ...(module.hasNamelessDefault ? ['default'] : []),
];

/** What pages run first: `read` gives a value as a text, or the name of the error instead of it. */
const TELLING = `
const members = (value) =>
  '{' + Object.getOwnPropertyNames(value).map((key) => key + ': ' + read(() => value[key])) + '}';
const show = (value) => {
  if (Object(value) !== value) return String(value);
  if (value.id !== undefined) return value.self ? value.self() : value.id;
  return typeof value === 'function' ? value() : members(value);
};
let depth = 0;
globalThis.read = (get) => {
  if (depth > 1) return 'function that tells of itself';
  try { depth++; return show(get()); } catch (error) { return error.name; } finally { depth--; }
};
globalThis.tell = (label, ...gets) => void told.push([label, ...gets.map(read)].join(' '));
globalThis.laters = [];
`;

/** What declares a name at the top level, with `export ` or nothing before it. */
const DECLARATIONS: readonly ((name: string, id: string) => string)[] = [
  (name, id) => `const ${name} = { id: ${id} };`,
  (name, id) => `let ${name} = { id: ${id} };`,
  (name, id) => `let ${name} = { id: ${id} }; ${name} = { id: ${id} + ' written' };`,
  (name, id) => `var ${name} = { id: ${id} };`,
  (name, id) => `var ${name}; ${name} = { id: ${id} + ' written' };`,
  (name, id) => `let ${name} = 0; laters.push(() => { ${name} = { id: ${id} + ' later' }; });`,
  (name, id) => `function ${name}() { return ${id}; }`,
  (name, id) => `class ${name} { static id = ${id}; static self = () => ${name}.id; }`,
  (name, id) => `const { ${name} } = { ${name}: { id: ${id} } };`,
  (name, id) => `let { key: ${name} = { id: ${id} } } = {};`,
  (name, id) => `const [${name} = { id: ${id} }] = [];`,
];

/** What can stand there only without `export`. */
const OWN_DECLARATIONS: readonly ((name: string, id: string) => string)[] = [
  (name, id) => `if (told) { var ${name} = { id: ${id} }; }`,
  (name, id) => `for (var ${name} of [{ id: ${id} }]);`,
];

const NAMED_DEFAULTS: readonly ((name: string, id: string) => string)[] = [
  (name, id) => `export default function ${name}() { return ${id}; }`,
  (name, id) => `export default class ${name} { static id = ${id}; static self = () => ${name}.id; }`,
];

const NAMELESS_DEFAULTS: readonly ((id: string) => string)[] = [
  (id) => `export default { id: ${id} };`,
  (id) => `export default () => ${id};`,
  (id) => `export default function () { return ${id}; }`,
  (id) => `export default class { static id = ${id}; }`,
];

/** Of a statement: a name that it declares further in, two that the top level may know, and what tells of some. */
interface Words {
  inner: string;
  a: string;
  b: string;
  tell(...expressions: string[]): string;
}

const STATEMENTS: readonly ((words: Words) => string)[] = [
  ({ a, b, tell }) => tell(a, b),
  ({ inner, tell }) => tell(`typeof ${inner}`),
  ({ a, b, tell }) => tell(`Object.keys({ ${a}, key: ${b} }).join()`, `({ ${a} }).${a}`),
  ({ inner, a, b, tell }) => `((${inner}) => { ${tell(inner, a, b)} })('parameter');`,
  ({ inner, a, b, tell }) => `{ let ${inner} = 'block'; ${tell(inner, a, b)} }`,
  ({ inner, a, b, tell }) =>
    `(function (${inner} = 'default', get = () => read(() => ${a}) + ${inner}) { var ${inner} = 'var'; ${tell(inner, a, b, 'get()')} })();`,
  ({ inner, a, b, tell }) =>
    `((first, ${inner} = read(() => ${a}) + first) => { ${tell(inner, a, b)} })('first');`,
  ({ inner, a, b, tell }) =>
    `(({ ${inner}, key: [second = read(() => ${b})] = [] }) => { ${tell(inner, 'second', a, b)} })({ ${inner}: 'pattern' });`,
  ({ inner, a, b, tell }) => `try { throw 'caught'; } catch (${inner}) { ${tell(inner, a, b)} }`,
  ({ inner, a, b, tell }) => `(function ${inner}() { ${tell(`typeof ${inner}`, a, b)} })();`,
  ({ inner, a, b, tell }) => `(class ${inner} { static { ${tell(`typeof ${inner}`, a, b)} } });`,
  ({ inner, a, b, tell }) =>
    `{ class Inner { static ${inner} = read(() => ${a}); ${inner}() { return read(() => ${b}); } } ${tell(`Inner.${inner}`, `new Inner().${inner}()`)} }`,
  ({ inner, a, b, tell }) => `for (let ${inner} = 0; ${inner} < 1; ${inner}++) { ${tell(inner, a, b)} }`,
  ({ inner, a, tell }) => `${inner}: for (;;) { ${tell(a)} break ${inner}; }`,
  ({ inner, a, b, tell }) => `{ function ${inner}() { return 'inner'; } ${tell(inner, a, b)} }`,
  ({ inner, a, b, tell }) => `switch (1) { case 1: let ${inner} = 'case'; ${tell(inner, a, b)} }`,
  ({ a, b, tell }) => `laters.push(() => { ${tell(a, b)} });`,
];

export class SameNames {
  readonly pages: string[];
  private readonly dice: Dice;
  private readonly modules: NamedModule[] = [];
  private readonly roots: (readonly NamedModule[])[];
  private readonly names: readonly string[];
  private edits = 0;

  constructor(seed: number) {
    const dice = new Dice(seed);
    this.dice = dice;
    this.names = NAMES.slice(0, 2 + dice.below(NAMES.length - 1));
    const count = 3 + dice.below(6);
    for (let number = 0; number < count; number++) this.modules.push(this.moduleOf(number));
    // What is handed on is of modules after it: no name leads back to itself. Imports may go anywhere.
    for (const module of [...this.modules].reverse()) this.addExports(module);
    for (const module of this.modules) this.addImports(module);
    const loading = dice.pick(this.modules);
    if (dice.chance(0.3) && loading.language === 'module') loading.loads = this.pickCode();
    const more = dice.chance(0.4) ? [[dice.pick(this.modules), dice.pick(this.modules)]] : [];
    this.roots = [this.modules.slice(0, 1), ...more];
    this.pages = this.roots.map((_, number) => `page${number}.mjs`);
  }

  files(): ProjectFiles {
    const pages = this.roots.map((roots, number) => [this.pages[number], textOfPage(roots)]);
    const modules = this.modules.map((module) => [module.file, new ModuleWriter(module).text()]);
    return Object.fromEntries([['tell.cjs', TELLING], ...pages, ...modules]);
  }

  toString(): string {
    const files = Object.entries(this.files()).filter(([file]) => file !== 'tell.cjs');
    return files.map(([file, text]) => `--- ${file}\n${text}\n`).join('');
  }

  /** Something changes in one of the modules, and all names are still found. */
  edit(): void {
    const { dice } = this;
    const module = dice.pick(this.modules);
    const target = this.pickCode();
    module.seed = dice.below(1e9);
    if (module.language !== 'module') return;
    if (dice.chance(0.3)) module.imports.reverse();
    if (dice.chance(0.3)) module.imports.pop();
    const [exported] = exportsOf(target);
    if (exported !== undefined && dice.chance(0.3))
      module.imports.push({ from: target, name: exported, local: `edit${this.edits++}` });
    const [handed] = module.handedOn.keys();
    if (handed !== undefined && module.own[0] !== undefined && dice.chance(0.3)) {
      module.handedOn.delete(handed);
      module.exports.set(handed, module.own[0]);
    }
    if (dice.chance(0.2)) module.loads = dice.chance(0.5) ? target : undefined;
    if (module.file.endsWith('.js') && dice.chance(0.1)) module.language = 'commonjs';
  }

  private moduleOf(number: number): NamedModule {
    const { dice } = this;
    const extension =
      number === 0 ? 'mjs' : dice.pick(['mjs', 'mjs', 'mjs', 'js', 'js', 'js', 'cjs', 'json']);
    return {
      file: `m${number}.${extension}`,
      language: extension === 'json' ? 'json' : extension === 'cjs' ? 'commonjs' : 'module',
      own: [],
      exports: new Map(),
      handedOn: new Map(),
      hasNamelessDefault: false,
      imports: [],
      loads: undefined,
      seed: dice.below(1e9),
    };
  }

  private pickCode(): NamedModule {
    return this.dice.pick(this.modules.filter(({ language }) => language !== 'json'));
  }

  private after(module: NamedModule): readonly NamedModule[] {
    return this.modules.slice(this.modules.indexOf(module) + 1);
  }

  private addExports(module: NamedModule): void {
    const { dice, names } = this;
    if (module.language === 'json') return;
    const later = this.after(module).filter((each) => exportsOf(each).length > 0);
    const isIndex = module.language === 'module' && later.length > 0 && dice.chance(0.25);
    if (!isIndex) module.own = names.filter(() => dice.chance(0.6));
    if (module.language === 'commonjs') {
      module.exports = new Map(module.own.map((name) => [name, name]));
      return;
    }
    for (const name of module.own) {
      if (dice.chance(0.7)) module.exports.set(name, name);
      if (dice.chance(0.3)) module.exports.set(dice.pick(MORE_EXPORTS), name);
    }
    module.hasNamelessDefault = !isIndex && !module.exports.has('default') && dice.chance(0.3);
    if (later.length === 0) return;
    for (let count = isIndex ? 3 : dice.below(2); count > 0; count--) {
      const from = dice.pick(later);
      const exported = dice.pick([...names, ...MORE_EXPORTS]);
      if (!exportsOf(module).includes(exported))
        module.handedOn.set(exported, { from, name: dice.pick(exportsOf(from)) });
    }
  }

  private addImports(module: NamedModule): void {
    const { dice } = this;
    if (module.language !== 'module') return;
    const later = this.after(module);
    const free = new Set([...this.names, ...MORE_LOCALS].filter((name) => !module.own.includes(name)));
    const take = (wanted = ''): string => {
      const local = free.has(wanted) ? wanted : dice.pick([...free]);
      free.delete(local);
      return local;
    };
    for (let count = dice.below(5) + (later.length > 1 ? 1 : 0); count > 0 && free.size > 0; count--) {
      const near = later.length > 0 && dice.chance(0.85) ? later : this.modules;
      const from = dice.chance(0.1) ? module : dice.pick(near);
      // Of CommonJS, others than modules for Node may have another default.
      const isForNode = module.file.endsWith('.mjs');
      const hasDefault = from.language === 'json' || (from.language === 'commonjs' && isForNode);
      const exported = [...exportsOf(from), ...(hasDefault ? ['default'] : [])];
      if (exported.length === 0) continue;
      const name = from.language === 'module' && dice.chance(0.12) ? '*' : dice.pick(exported);
      module.imports.push({ from, name, local: take(dice.chance(0.5) ? name : undefined) });
    }
  }
}

const textOfPage = (roots: readonly NamedModule[]): string =>
  [
    "import './tell.cjs';",
    ...roots.flatMap(({ language, file }) => (language === 'json' ? [] : `import './${file}';`)),
    'for (const later of laters) later();',
  ].join('\n');

/** The name of an import or export: strings are such names, too. */
const nameOf = (name: string): string => (/^[\w$]+$/.test(name) ? name : JSON.stringify(name));

/** Writes the text of a module, which is the same as long as the module is. */
class ModuleWriter {
  private readonly dice: Dice;

  constructor(private readonly module: NamedModule) {
    this.dice = new Dice(module.seed);
  }

  text(): string {
    const { dice, module } = this;
    if (module.language === 'json') return `{ "id": ${this.id('json')}, "own": 1 }`;
    if (module.language === 'commonjs') return this.commonJs().join('\n');
    const body = [...this.declarations(), ...this.statements(), ...this.load()];
    const lines = [...this.imports(), ...this.handedOn(), ...(dice.chance(0.5) ? body : dice.shuffled(body))];
    return `${lines.join(dice.chance(0.3) ? ' ' : '\n') || 'export {};'}${dice.chance(0.3) ? ' // end' : '\n'}`;
  }

  /** A string that tells what something is, and changes with the module. */
  private id(name: string): string {
    return JSON.stringify(`${this.module.file} ${name} ${this.module.seed % 7}`);
  }

  private tell(...expressions: string[]): string {
    return `tell('${this.module.file}', ${expressions.map((each) => `() => ${each}`).join(', ')});`;
  }

  private commonJs(): string[] {
    return [
      ...exportsOf(this.module).map((name) => `exports[${JSON.stringify(name)}] = { id: ${this.id(name)} };`),
      `told.push(${this.id('runs')});`,
      ...(this.dice.chance(0.5) ? ["Object.defineProperty(exports, '__esModule', { value: true });"] : []),
    ];
  }

  private imports(): string[] {
    return this.module.imports.map(({ from, name, local }) => {
      const source = `'./${from.file}'${from.language === 'json' ? " with { type: 'json' }" : ''}`;
      if (name === '*') return `import * as ${local} from ${source};`;
      if (name === 'default' && this.dice.chance(0.6)) return `import ${local} from ${source};`;
      return `import { ${name === local ? name : `${nameOf(name)} as ${local}`} } from ${source};`;
    });
  }

  private handedOn(): string[] {
    return [...this.module.handedOn].map(
      ([exported, { from, name }]) =>
        `export { ${nameOf(name)} as ${nameOf(exported)} } from './${from.file}';`,
    );
  }

  /** Declares what is its own, and exports it there or by itself. */
  private declarations(): string[] {
    const { dice, module } = this;
    const exports = new Map(module.exports);
    const declare = (name: string): string => {
      const id = this.id(name);
      if (exports.get('default') === name && dice.chance(0.5) && exports.delete('default'))
        return dice.pick(NAMED_DEFAULTS)(name, id);
      if (exports.get(name) === name && dice.chance(0.5) && exports.delete(name))
        return `export ${dice.pick(DECLARATIONS)(name, id)}`;
      return dice.pick([...DECLARATIONS, ...OWN_DECLARATIONS])(name, id);
    };
    const nameless = module.hasNamelessDefault ? [dice.pick(NAMELESS_DEFAULTS)(this.id('default'))] : [];
    return [
      ...module.own.map(declare),
      ...nameless,
      ...[...exports].map(([exported, name]) => `export { ${name} as ${nameOf(exported)} };`),
    ];
  }

  private statements(): string[] {
    const { dice, module } = this;
    const known = [...module.own, ...module.imports.map(({ local }) => local)];
    if (dice.chance(0.1)) return [];
    return Array.from({ length: 2 + dice.below(5) }, () => {
      const inner = dice.pick(known.length > 0 && dice.chance(0.5) ? known : [...NAMES, ...MORE_LOCALS]);
      const [a, b] = known.length > 0 ? [dice.pick(known), dice.pick(known)] : ['name', inner];
      return dice.pick(STATEMENTS)({ inner, a, b, tell: (...expressions) => this.tell(...expressions) });
    });
  }

  private load(): string[] {
    const { loads } = this.module;
    if (loads === undefined) return [];
    const names = exportsOf(loads).map((name) => `all[${JSON.stringify(name)}]`);
    return [`loads.push(import('./${loads.file}').then((all) => { ${this.tell('"loaded"', ...names)} }));`];
  }
}
