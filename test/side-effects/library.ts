/** Random libraries without side effects, and programs that use some of what they export. */
import { Dice } from '../esm/dice';
import type { ProjectFiles } from '../helpers/project';

const MODULES = 9;

/** A module of the library: what it exports, and its source. */
interface Part {
  names: string[];
  source: string;
}

const fileOf = (index: number): string => (index === 0 ? 'index.mjs' : `m${index}.mjs`);

/** A library whose modules import and export only from modules behind them, so that all names can be told. */
export class Library {
  private readonly dice: Dice;
  private readonly parts: Part[] = [];
  private made = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    for (let index = MODULES - 1; index >= 0; index--) this.renew(index);
  }

  /** Files of the program in its present state. */
  files(): ProjectFiles {
    const sources = this.parts.map(({ source }, index) => [`node_modules/pure/${fileOf(index)}`, source]);
    return {
      'node_modules/pure/package.json': { name: 'pure', main: 'index.mjs', sideEffects: false },
      ...Object.fromEntries(sources),
      'node_modules/idle/package.json': { name: 'idle', main: 'index.mjs', sideEffects: false },
      'node_modules/idle/index.mjs': "export const idle = 'idle'; export default 'idle';",
      'main.mjs': this.main(),
    };
  }

  /** Writes a random module anew. What others take from it stays. */
  edit(): void {
    const index = this.dice.below(MODULES);
    const kept = (this.parts[index] as Part).names;
    this.renew(index);
    const part = this.parts[index] as Part;
    const lost = kept.filter((name) => !part.names.includes(name));
    part.source += lost.map((name) => `export const ${name} = 'again ${name}';\n`).join('');
    part.names.push(...lost);
  }

  private renew(index: number): void {
    const { dice } = this;
    const own = `v${index}_${this.made++}`;
    const part: Part = { names: [own], source: '' };
    const used: string[] = [];
    const starred = new Set<string>();
    for (const target of dice.some(
      [...this.parts.keys()].filter((each) => each > index),
      3,
    )) {
      const { names } = this.parts[target] as Part;
      const from = `from './${fileOf(target)}';\n`;
      const name = dice.pick(names);
      const alias = `n${index}_${this.made++}`;
      switch (dice.below(8)) {
        case 0:
          part.source += `export { ${name} as ${alias} } ${from}`;
          part.names.push(alias);
          break;
        case 1:
          part.source += `export * ${from}`;
          for (const each of names) starred.add(each);
          break;
        case 2:
          part.source += `import { ${name} as ${alias} } ${from}export { ${alias} };\n`;
          part.names.push(alias);
          break;
        case 3:
          part.source += `import { ${name} as ${alias} } ${from}`;
          used.push(alias);
          break;
        case 4:
          part.source += `import * as ${alias} ${from}`;
          used.push(dice.chance(0.7) ? `${alias}.${name}` : `Object.keys(${alias}).sort().join()`);
          break;
        case 5:
          part.source += this.unused(from, names);
          break;
        case 6:
          part.source += `import * as ${alias} ${from}export { ${alias} };\n`;
          part.names.push(alias);
          break;
        default:
          part.source += `export * as ${alias} ${from}import './${fileOf(target)}';\n`;
          part.names.push(alias);
      }
    }
    part.source += `export const ${own} = () => [${[`'${own}'`, ...used].join(', ')}];\n`;
    part.names = [...new Set([...part.names, ...starred])];
    this.parts[index] = part;
  }

  /** An import that nothing uses. */
  private unused(from: string, names: readonly string[]): string {
    const name = this.dice.pick(names);
    const local = `unused${this.made++}`;
    return `import ${this.dice.pick([`* as ${local}`, `{ ${name} as ${local} }`])} ${from}`;
  }

  /** Asks for some names, and tells what they are. Imports that nothing uses stand before, between and behind. */
  private main(): string {
    const { dice } = this;
    const { names } = this.parts[0] as Part;
    const some = dice.some(names, 3);
    const member = dice.pick(names);
    const used = [...some.map((name) => `{ ${name} }`), '* as pure'].map(
      (what) => `import ${what} from 'pure';\n`,
    );
    const unused = Array.from({ length: dice.below(4) }, () =>
      dice.chance(0.5)
        ? this.unused("from 'pure';\n", names)
        : this.unused("from 'idle';\n", ['idle', 'default']),
    );
    return `${dice.shuffled([...used, ...unused]).join('')}
const tell = (value, depth = 0) => {
  if (typeof value === 'function') return value().map((each) => tell(each, depth));
  if (typeof value !== 'object') return value;
  return depth > 2 ? '…' : Object.keys(value).sort().map((key) => [key, tell(value[key], depth + 1)]);
};
globalThis.told = JSON.stringify([${[...some, `pure.${member}`].join(', ')}].map((each) => tell(each)));
`;
  }
}
