/** A random program of modules that import flags of each other, and functions that ask for them. */
import type { Dice } from '../esm/dice';
import type { ProjectFiles } from '../helpers/project';

/** What declares a flag, or something that is none. */
const DECLARATIONS: readonly ((name: string) => string)[] = [
  (name) => `export const ${name} = false;`,
  (name) => `export const ${name} = true;`,
  (name) => `export const ${name} = 0`,
  (name) => `export const ${name} = 1 << 3;`,
  (name) => `export const ${name} = 0x10;`,
  (name) => `export const ${name} = -2;`,
  (name) => `export const ${name} = null;`,
  (name) => `export const ${name} = '';`,
  (name) => `const ${name} = 'on'; export { ${name} };`,
  (name) => `const own_${name} = !0; export { own_${name} as ${name} };`,
  (name) => `export let ${name} = 1; ${name} = 2;`,
  (name) => `export var ${name} = false;`,
  (name) => `export const ${name} = [], rest_${name} = true;`,
  (name) => `export const ${name} = told.length > 3;`,
];

/** What is done with a flag; `call` does something that can be seen. */
const USES: readonly ((flag: string, call: string) => string)[] = [
  (flag, call) => `if (${flag}) ${call}; else told.push('not');`,
  (flag, call) => `if (!${flag}) { ${call}; }`,
  (flag, call) => `${flag} && ${call};`,
  (flag, call) => `${flag} || ${call};`,
  (flag, call) => `told.push(${flag} ? ${call} : [typeof ${flag}]);`,
  (flag, call) => `told.push((${flag} ?? 7) === 1 ? ${call} : ${flag});`,
  (flag) => `told.push(\`\${${flag}}\`, -${flag}, [${flag}].length);`,
  (flag) => `told.push((() => { try { return ${flag}.length; } catch (error) { return error.name; } })());`,
  (flag, call) =>
    `told.push(((${flag.replace(/.*\./, '')}) => ${flag.replace(/.*\./, '')} ? 1 : ${call})(0));`,
  (flag, call) => `if (${flag} === true || ${flag} === 8) ${call};`,
  (flag, call) =>
    `try { if (${flag}) loads.push(import('./m0.mjs').then(() => told.push('loaded'))); else ${call}; } catch {}`,
];

const WRITES: readonly ((flag: string) => string)[] = [
  (flag) => `told.push((() => { try { ${flag} = 1; } catch (error) { return error.name; } })());`,
];

interface FlagModule {
  file: string;
  /** Names of flags that it exports, and of its function. */
  flags: string[];
  call: string;
  lines: string[];
}

export class FlagProgram {
  readonly pages = ['page0.mjs', 'page1.mjs'];
  private readonly modules: FlagModule[];
  private readonly pageLines = new Map<string, string[]>();

  constructor(private readonly dice: Dice) {
    this.modules = Array.from({ length: 3 + dice.below(5) }, (_, number) => ({
      file: `m${number}.mjs`,
      flags: Array.from({ length: dice.below(3) }, (__, flag) => `F${number}_${flag}`),
      call: `f${number}`,
      lines: [],
    }));
    for (const each of this.modules) each.lines = this.linesOf(each);
    for (const page of this.pages) this.pageLines.set(page, this.linesOfPage());
  }

  files(): ProjectFiles {
    return Object.fromEntries(
      [...this.modules.map(({ file, lines }) => [file, lines] as const), ...this.pageLines].map(
        ([file, lines]) => [file, `${lines.join('\n')}\n`],
      ),
    );
  }

  toString(): string {
    return Object.entries(this.files())
      .map(([file, text]) => `--- ${file}\n${text}`)
      .join('');
  }

  /** Something changes. @returns the files that have */
  edit(): ProjectFiles {
    const { dice } = this;
    const module = dice.pick(this.modules);
    const { lines } = module;
    if (dice.chance(0.4)) module.lines = this.linesOf(module);
    else if (dice.chance(0.5))
      module.lines = lines.map((line) => line.replace(/= (true|false|0)\b/, '= null'));
    else lines.push(`told.push('${module.file} changed ${lines.length}');`);
    return { [module.file]: `${module.lines.join('\n')}\n` };
  }

  private linesOf(module: FlagModule): string[] {
    const { dice } = this;
    const imports = new Map<string, string>();
    const number = this.modules.indexOf(module);
    const later = (): FlagModule | undefined =>
      number + 1 < this.modules.length ? dice.pick(this.modules.slice(number + 1)) : undefined;
    const body = Array.from({ length: 1 + dice.below(3) }, () => this.use(imports, later(), module));
    const outside = dice.chance(0.4) ? [this.use(imports, dice.pick(this.modules), module)] : [];
    const lines = [
      `export function ${module.call}() { told.push('${module.call}'); ${body.join(' ')} return '${module.call}'; }`,
      ...module.flags.map((name) => dice.pick(DECLARATIONS)(name)),
      ...outside.map((text) => `try { ${text} } catch (error) { told.push(error.name); }`),
      ...(dice.chance(0.2) ? [`told.push('${module.file} runs');`] : []),
    ];
    // Imports stand in any order, wherever they stand.
    return [...dice.shuffled([...imports.values()]), ...lines];
  }

  private linesOfPage(): string[] {
    const { dice } = this;
    const imports = new Map<string, string>();
    const uses = Array.from({ length: 1 + dice.below(4) }, () =>
      this.use(imports, dice.pick(this.modules), undefined),
    );
    return [
      ...imports.values(),
      ...uses.map((text) => `try { ${text} } catch (error) { told.push(error.name); }`),
    ];
  }

  /** @param called a module whose function may be called */
  private use(
    imports: Map<string, string>,
    called: FlagModule | undefined,
    importer: FlagModule | undefined,
  ): string {
    const { dice } = this;
    const flagged = this.modules.filter((each) => each.flags.length > 0 && each !== importer);
    const call =
      called && called !== importer
        ? `${this.importOf(imports, called, called.call)}()`
        : "told.push('nothing')";
    if (flagged.length === 0) return `${call};`;
    const target = dice.pick(flagged);
    const flag = this.importOf(imports, target, dice.pick(target.flags));
    return dice.chance(0.04) ? dice.pick(WRITES)(flag) : dice.pick(USES)(flag, call);
  }

  /** @returns what the name is called where it is imported */
  private importOf(imports: Map<string, string>, { file }: FlagModule, name: string): string {
    const { dice } = this;
    const key = `${file} ${name}`;
    const known = [`${key} own`, `${key} as`].find((each) => imports.has(each));
    const local = known?.endsWith('as') ? `as_${name}` : name;
    if (known) return local;
    if (dice.chance(0.2)) {
      const all = `all_${file.replace('.mjs', '')}`;
      imports.set(`${file} *`, `import * as ${all} from './${file}';`);
      return `${all}.${name}`;
    }
    const isOther = dice.chance(0.2);
    imports.set(
      `${key} ${isOther ? 'as' : 'own'}`,
      `import { ${isOther ? `${name} as as_${name}` : name} } from './${this.way(file, name)}';`,
    );
    return isOther ? `as_${name}` : name;
  }

  /** By way of what file a name is asked for. */
  private way(file: string, name: string): string {
    const { dice } = this;
    if (!dice.chance(0.25)) return file;
    const index = `index${this.pageLines.size}_${name}.mjs`;
    const text = dice.pick([
      `export { ${name} } from './${file}';`,
      `export * from './${file}';`,
      `import { ${name} } from './${file}'; export { ${name} };`,
    ]);
    this.pageLines.set(index, [text]);
    return index;
  }
}
