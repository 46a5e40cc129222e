// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are fragments of sources.
/** Random ES modules. */
import { Dice } from '../../esm/dice';
import { expression, type Names } from './expressions';
import { LAYOUTS, type Layout, layOut } from './layout';

/** What random modules import. Calls tell which `this` they got. */
export const FILES = {
  'values.mjs': `export let value = 3;
export function call(...args) { return Object.prototype.toString.call(this) + args.length }
export class Make { constructor(x) { this.x = x } }
export const log = [];
export async function* count() { try { yield 1; yield value } finally { log.push('closed') } }
export default 'default';
export { value as 'a string' };
`,
  'more.mjs': 'export const more1 = 1, more2 = 2; export default 3;',
  'common.cjs': 'exports.value = 4; exports.call = function () { return [typeof this, ...arguments] };',
};

export interface RandomModule {
  seed: number;
  layout: Layout;
  source: string;
}

const NAMES = ['a', '$', '_$', 'ünï', '日本', 'of', 'async', 'get', '_$default', '𝒳', '\\u0061b'];

/** Statements so far, and what they declare. */
class Writer {
  readonly statements: string[] = [];
  private readonly known: string[] = [];
  private hasDefault = false;
  private count = 0;

  constructor(
    private readonly dice: Dice,
    private readonly names: Omit<Names, 'known' | 'awaits'> & { log: string; count: string },
  ) {}

  private fresh(): string {
    return `${this.dice.pick(NAMES)}${this.count++}`;
  }

  private expression(awaits = true): string {
    return expression({ ...this.names, known: this.known, awaits }, this.dice);
  }

  add(): void {
    const forms = [this.declare, this.export, this.call, this.control, this.loop, this.default, this.meta];
    this.statements.push(this.dice.pick(forms).call(this));
  }

  private declare(): string {
    const name = this.fresh();
    const value = this.expression();
    this.known.push(name);
    const { dice } = this;
    const declared = dice.pick([
      `const ${name}·=·${value}·¶`,
      `let ${name}·=·1·¶++${name}·¶${name}·=·${value}·¶`,
      `var·{·a·:·${name}·=·${value}·}·=·{·}·¶`,
      `let·[·${name}·,·]·=·[·${value}·]·¶`,
    ]);
    if (dice.chance(0.4)) return `export ${declared}`;
    const late = dice.pick([`'a␠string␠${this.count}'`, `late${this.count}`]);
    return dice.chance(0.5) ? `${declared}export·{·${name} as ${late}·}·¶` : declared;
  }

  private export(): string {
    const name = this.fresh();
    const { value, call } = this.names;
    return this.dice.pick([
      `export·{·${value} as ${name}·,·${call} as x${name}·}·¶`,
      `export·{·'a␠string' as ${name}·}·from·'./values.mjs'·¶`,
      `export·{·default as ${name}·,·}·from './values.mjs'·¶`,
      `export·*·as ${name} from·"./values.mjs"·¶`,
      "export·*·from·'./more.mjs'·¶",
      'export·{·}·¶',
      `export function ${name}·(·)·{·return␣${this.expression(false)}·}`,
      `export async␣function·*·${name}·(·)·{·}`,
      `export class ${name}·{·static a·=·${this.expression(false)}·}`,
      `export async␣function ${name}·(·)·{·return␣${this.expression()}·}`,
    ]);
  }

  private call(): string {
    const { log, call } = this.names;
    return this.dice.pick([
      `${log}·.·push·(·${this.expression()}·)·¶`,
      `${call}·(·${this.expression()}·)·¶`,
      `${call}·\`x\`·¶`,
      `${call}·(·)·[·'length'·]·¶`,
      `await ${call}·(·)·¶`,
      `(·${call}·)·(·)·¶`,
      `import·(·'./more.mjs'·)·¶`,
    ]);
  }

  private control(): string {
    const { log, call, value } = this.names;
    const push = (): string => `${log}·.·push·(·${this.expression()}·)`;
    return this.dice.pick([
      `if·(·${this.expression()}·)·${push()}·;·else ${call}·(·)·¶`,
      `if·(·${value}·)·{·${push()}·¶${call}·(·)·¶}`,
      `{·const ${value}·=·8·¶${log}·.·push·(·${value}·)·}`,
      `{·${log}·.·push·(·typeof ${value}·)·;·function ${value}·(·)·{·}·}`,
      `try·{·throw␣${this.expression()}·}·catch·(·${value}·)·{·${log}·.·push·(·${value}·)·}`,
      `try·{·${push()}·}·catch·{·}·finally·{·${call}·(·)·}`,
      `switch·(·${value}·)·{·case ${value}·:·${call}·(·)·¶${push()}·¶break·;·default·:·${call}·(·)·}`,
      `l·:·{·${push()}·¶break␣l·}`,
      `do ${push()}·;·while·(·!·${value}·)·;`,
      `for·(·const ${value} of·[·1·,·2·]·)·${log}·.·push·(·${value}·)·¶`,
      `for·(·let i·=·0·;·i·<·1·;·i˙++·)·${push()}·¶`,
    ]);
  }

  private loop(): string {
    const { log, count, call } = this.names;
    const each = this.fresh();
    return this.dice.pick([
      `for await·(·const ${each} of ${count}·(·)·)·${log}·.·push·(·${each}·)·¶`,
      `l·:·for await·(·let ${each} of ${count}·(·)·)·{·if·(·${each}˙===·1·)·continue␣l·¶${log}·.·push·(·${each}·)·¶break·}`,
      `for await·(·var·{·a·:·${each}·=·${call}·(·)·}·of·[·await ${this.expression(false)}·]·)·;`,
      `{·let ${each}·=·1·;·for await·(·[·${each}·]·of·[·[·2·]·]·)·${log}·.·push·(·${each}·)·}`,
      `for await·(·const ${each} of·[·3·]·)·for await·(·const b of·[·${each}·,·4·]·)·${log}·.·push·(·b·)·¶`,
    ]);
  }

  private default(): string {
    if (this.hasDefault) return this.call();
    this.hasDefault = true;
    const name = this.fresh();
    return this.dice.pick([
      `export default ${this.expression()}·¶`,
      `export default·(·${this.expression()}·)·¶`,
      `export default·{·a·:·${this.expression()}·}·¶`,
      `export default·[·${this.expression()}·]·¶`,
      `export default (·)˙=>·${this.expression(false)}·¶`,
      `export default async␣(·)˙=>·{·}·¶`,
      `export default function·(·)·{·return␣${this.expression(false)}·}`,
      `export default function·*·(·)·{·}`,
      `export default async␣function·(·)·{·return␣${this.expression()}·}`,
      `export default function ${name}·(·)·{·return␣${name}·.·name·}`,
      `export default class·{·static a·=·this·.·name·}`,
      `export default class ${name}·{·}`,
      `export default (·class·{·}·)·¶`,
      `export default·(·function ${name}·(·)·{·}·)·¶`,
    ]);
  }

  private meta(): string {
    return this.dice.pick([
      `import·.·meta·.·a·=·${this.expression()}·¶`,
      `${this.names.log}·.·push·(·import·.·meta·.·a·)·¶`,
      `${this.names.log}·.·push·(·typeof exports·,·typeof module·,·typeof require·)·¶`,
      ';',
    ]);
  }
}

/** Imports under random names, and the names. */
function randomImports(dice: Dice) {
  const rename = (name: string): string => (dice.chance(0.5) ? name : `${dice.pick(NAMES)}_${name}`);
  const as = (name: string, local: string): string => (name === local ? name : `${name} as ${local}`);
  const names = {
    value: rename('value'),
    call: rename('call'),
    make: rename('Make'),
    log: rename('log'),
    count: rename('count'),
    all: rename('all'),
  };
  const { value, call, make, log, count, all } = names;
  const imports = [
    `import·{·${as('value', value)}·,·${as('call', call)}·}·from·'./values.mjs'·¶`,
    `import one·,·{·${as('Make', make)}·,·}·from "./values.mjs"·¶`,
    `import·{·${as('log', log)}·,·${as('count', count)}·}·from './values.mjs'·¶`,
    `import·*·as ${all} from './values.mjs'·¶`,
    "import './more.mjs'·¶",
    "import common·,·{·value as fromCommon·,·call as commonCall·}·from './common.cjs'·¶",
  ];
  return { names, imports };
}

/** The same for the same seed. */
export function randomModule(seed: number): RandomModule {
  const dice = new Dice(seed);
  const layout = LAYOUTS[seed % LAYOUTS.length] as Layout;
  const { names, imports } = randomImports(dice);
  const writer = new Writer(dice, names);
  for (let count = 3 + dice.below(8); count > 0; count--) writer.add();
  const { statements } = writer;
  for (const each of imports)
    statements.splice(dice.below(dice.chance(0.6) ? 1 : statements.length + 1), 0, each);
  if (dice.chance(0.3))
    statements.push(`${names.log}·.·push·(·one·,·fromCommon·,·common·.·value·,·commonCall·(·1·)·)·¶`);
  statements.push(`export·{·${names.log} as log·}·¶`);
  const start = dice.pick(['', '', '\ufeff', '#!/usr/bin/env node\n', "'use strict';", '/* start */']);
  return { seed, layout, source: start + layOut(statements.join('·'), layout, dice) };
}
