/** A random site: pages that import functions of modules, mostly by way of indices. */
import type { Dice } from '../esm/dice';
import type { ProjectFiles } from '../helpers/project';

interface SiteModule {
  file: string;
  lines: string[];
  /** Names that others may import: they are functions, which can be called before anything runs. */
  names: string[];
}

export class Site {
  readonly pages: string[];
  private readonly modules: SiteModule[] = [];
  private edits = 0;

  constructor(private readonly dice: Dice) {
    for (let number = 3 + dice.below(4); number > 0; number--) this.modules.push(this.leaf());
    for (let number = 1 + dice.below(3); number > 0; number--) this.modules.push(this.index());
    // Leaves may ask an index that hands them on.
    for (const each of this.modules) if (each.names.length > 0 && dice.chance(0.25)) this.addCall(each);
    this.pages = Array.from({ length: 2 + dice.below(2) }, (_, number) => `page${number}.mjs`);
    for (const file of this.pages) this.modules.push({ file, lines: this.pageLines(), names: [] });
  }

  files(): ProjectFiles {
    return Object.fromEntries(this.modules.map(({ file, lines }) => [file, `${lines.join('\n')}\n`]));
  }

  toString(): string {
    return this.modules.map(({ file, lines }) => `--- ${file}\n${lines.join('\n')}`).join('\n');
  }

  /** Something changes. @returns the files that have */
  edit(): ProjectFiles {
    const { dice } = this;
    const module = dice.pick(this.modules);
    const isPage = this.pages.includes(module.file);
    if (isPage && dice.chance(0.6)) module.lines = this.pageLines();
    else if (!isPage && dice.chance(0.3)) module.lines.reverse();
    else if (dice.chance(0.3)) module.lines.push(`told.push('edit ${++this.edits}');`);
    else if (dice.chance(0.5)) module.lines.push(`export const edit${++this.edits} = () => ${this.edits};`);
    else module.lines = module.lines.filter((line) => !line.startsWith('told.push('));
    return { [module.file]: `${module.lines.join('\n')}\n` };
  }

  private leaf(): SiteModule {
    const { dice } = this;
    const number = this.modules.length;
    const name = `leaf${number}`;
    const lines = [
      `export function ${name}() { return '${name}' + value${number}; }`,
      `var value${number} = 1;`,
    ];
    const names = [name];
    if (dice.chance(0.3)) lines.push(`export default function () { return 'default ${name}'; }`);
    if (dice.chance(0.3)) {
      lines.push(`export function more${number}() { return 'more ${number}'; }`);
      names.push(`more${number}`);
    }
    if (dice.chance(0.3)) lines.push(`told.push('${name} runs');`);
    return { file: `m${number}.mjs`, lines, names };
  }

  private index(): SiteModule {
    const { dice } = this;
    const number = this.modules.length;
    const lines: string[] = [];
    const names: string[] = [];
    for (const target of dice.some(this.modules, 2 + dice.below(this.modules.length))) {
      const free = target.names.filter((name) => !names.includes(name));
      const from = `from './${target.file}';`;
      if (dice.chance(0.25)) {
        lines.push(`export * ${from}`);
        names.push(...free);
      } else if (free.length > 0) {
        const name = dice.pick(free);
        const own = dice.chance(0.4) ? `${name}_${number}_${names.length}` : name;
        names.push(own);
        if (dice.chance(0.3))
          lines.push(`import { ${name} as own_${own} } ${from}`, `export { own_${own} as ${own} };`);
        else lines.push(`export { ${name} as ${own} } ${from}`);
      }
    }
    if (dice.chance(0.2)) {
      lines.push(`export function index${number}() { return 'index ${number}'; }`);
      names.push(`index${number}`);
    }
    if (dice.chance(0.15)) lines.push(`told.push('index ${number} runs');`);
    return { file: `m${number}.mjs`, lines, names: [...new Set(names)] };
  }

  private addCall(module: SiteModule): void {
    const target = this.dice.pick(this.modules.filter(({ names }) => names.length > 0));
    const name = this.dice.pick(target.names);
    const own = `call_${module.names.length}_${this.modules.indexOf(module)}`;
    if (target === module) return;
    module.lines.unshift(`import { ${name} as imported_${own} } from './${target.file}';`);
    module.lines.push(`export function ${own}() { return typeof imported_${own}; }`);
    module.names.push(own);
  }

  private pageLines(): string[] {
    const { dice } = this;
    const imports: string[] = [];
    const calls: string[] = [];
    const library = this.modules.filter(({ names, lines }) => names.length > 0 && lines.length > 0);
    dice.some(library, 1 + dice.below(3)).forEach((target, number) => {
      if (dice.chance(0.1)) {
        imports.push(`import * as all${number} from './${target.file}';`);
        calls.push(`told.push(Object.keys(all${number}).join());`);
      } else {
        const name = dice.pick(target.names);
        imports.push(`import { ${name} as x${number} } from './${target.file}';`);
        calls.push(`told.push(x${number}());`);
      }
    });
    if (dice.chance(0.3)) {
      const target = dice.pick(library);
      calls.push(
        `loads.push(import('./${target.file}').then((all) => told.push(all.${dice.pick(target.names)}())));`,
      );
    }
    return [...imports, ...calls];
  }
}
