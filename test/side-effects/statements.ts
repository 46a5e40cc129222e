/** Random programs whose modules have declarations of every kind, with effects and without, of which little is used. */
import { Dice } from '../esm/dice';
import type { ModuleText, Program } from '../esm/files';

const MODULES = 7;

/** A module while it is written. */
interface Draft {
  index: number;
  statements: string[];
  /** Local names that have a value behind the statements so far. */
  locals: string[];
  /** Classes and functions among them that may be extended. */
  bases: string[];
  /** Names that it exports for sure. */
  exports: string[];
  /** Functions among them whose calls have no effects, as they say. */
  makers: string[];
}

const PACKAGE = 'node_modules/pure';

/** Modules from this one on are a package that promises to have no side effects, and has none. */
const PURE_FROM = 5;

const fileOf = (index: number): string => (index < PURE_FROM ? `m${index}.mjs` : `${PACKAGE}/m${index}.mjs`);

const specifierOf = (index: number, importer: number): string =>
  index >= PURE_FROM && importer < PURE_FROM ? `pure/m${index}.mjs` : `./m${index}.mjs`;

/** Declares a name; those that come to nothing in some state of a module give nothing. */
type Kind = (name: string, draft: Draft, writer: StatementWriter) => string | undefined;

const value = (text: (writer: StatementWriter, draft: Draft) => string): Kind => {
  return (name, draft, writer) =>
    `${writer.dice.pick(['const', 'let', 'var'])} ${name} = ${text(writer, draft)};`;
};

/** What has no effects, whoever looks at it. */
const quiet: Kind[] = [
  (name, draft, { use }) => `function ${name}() { return [${use(draft)}]; }`,
  (name, draft, { use }) => `async function ${name}() { return ${use(draft)}; }`,
  value(({ use }, draft) => `() => ${use(draft)}`),
  value(({ use }, draft) => `function () { return { ${use(draft)} }; }`.replace(/\{ (\S+) \}/, '[$1]')),
  value(() => "'text'"),
  value(() => '-1'),
  value(({ now }, draft) => `[${now(draft)}, 'item', [1]]`),
  value(
    ({ now }, draft) => `{ key: ${now(draft)}, method() { return 1; }, 'a b': [2], get x() { return 3; } }`,
  ),
  value(({ now }, draft) => `${now(draft)} === 1 ? ${now(draft)} : !${now(draft)}`),
  value(({ now }, draft) => `${now(draft)} && (${now(draft)} ?? null)`),
  value(({ now }, draft) => `/*#__PURE__*/ Object.freeze([${now(draft)}])`),
  value(({ now }, draft) => `/* @__PURE__ */ new Array(${now(draft)}, 2)`),
  (name, draft, { now }) =>
    `/* @__NO_SIDE_EFFECTS__ */ function ${name}_2(x) { return [x]; } const ${name} = ${name}_2(${now(draft)});`,
  (name, draft, { now }) =>
    `const ${name}_2 = /*#__NO_SIDE_EFFECTS__*/ (x) => [x], ${name} = ${name}_2([${name}_2(${now(draft)})]);`,
  (name, draft, { use }) =>
    `class ${name} { static s = 1; field = ${use(draft)}; static t() { return 2; } m() { return ${use(draft)}; } }`,
  (name, draft, { dice }) =>
    draft.bases.length === 0
      ? undefined
      : `class ${name} extends ${dice.pick(draft.bases)} { own() { return 1; } }`,
  value(() => 'new Map()'),
  value(() => "Symbol('text')"),
  value(() => '(1 << 4 | 3)'),
  value(() => "typeof HTMLElement !== 'undefined' ? HTMLElement : class {}"),
  (name) => `class ${name} extends Map { get [Symbol.toStringTag]() { return 'own'; } }`,
  (name) =>
    `const ${name}_2 = typeof Nothing !== 'undefined' ? Nothing : class {}; class ${name} extends ${name}_2 {}`,
  (name) => `let ${name}; function set_${name}() { return ${name} = 1; }`,
  (name) => `var ${name} = 'first'; var ${name};`,
  (name, draft, { use }) => `const ${name} = (() => { return ${use(draft)}; }), ${name}_2 = [${name}];`,
];

/** What tells when it runs. */
const loud: Kind[] = [
  value(({ effect }, draft) => effect(draft)),
  value(({ effect }, draft) => `[${effect(draft)}]`),
  value(({ effect }, draft) => `{ [${effect(draft)}]: 1 }`),
  value(({ now, effect }, draft) => `${now(draft)} || ${effect(draft)}`),
  value(({ label }, draft) => `\`\${{ toString() { trace('${label(draft)}'); return 'x'; } }}\``),
  value(({ label }, draft) => `/*#__PURE__*/ (() => () => trace('${label(draft)}'))()()`),
  value(({ effect }, draft) => `/*#__PURE__*/ Object(${effect(draft)})`),
  (name, draft, { effect }) =>
    `/* @__NO_SIDE_EFFECTS__ */ function ${name}_2(x) { return [x]; } const ${name} = ${name}_2(${effect(draft)});`,
  value(({ effect }, draft) => `new Set([${effect(draft)}])`),
  value(({ label }, draft) => `Symbol({ toString() { trace('${label(draft)}'); return 'x'; } })`),
  value(({ label }, draft) => `1 << { valueOf() { trace('${label(draft)}'); return 2; } }`),
  (name, draft, { label }) =>
    `let ${name}; try { ${name} = class extends Unknown {}; } catch { trace('${label(draft)}'); }`,
  (name, draft, { effect }) => `class ${name} { static [${effect(draft)}] = 1; }`,
  (name, draft, { effect }) => `class ${name} { static { ${effect(draft)}; } }`,
  (name, draft, { effect }) => `class ${name} { static s = ${effect(draft)}; }`,
  (name, draft, { label }) =>
    `const { ${name} } = { get ${name}() { trace('${label(draft)}'); return 1; } };`,
  (name, draft, { label }) => `function ${name}() {} ${name}.member = trace('${label(draft)}');`,
  (name, draft, { label }) =>
    `var ${name}; (function (it) { it.a = 1; trace('${label(draft)}'); })(${name} || (${name} = {}));`,
  (name, draft, { label }) => `let ${name} = 1; ${name} = trace('${label(draft)}');`,
  (name, draft, { now, label }) => `const ${name} = 2; look('${label(draft)}', () => ${now(draft)});`,
  (name, draft, { now, label }) =>
    `const ${name} = 3; if (process.env.NODE_ENV === 'nothing') trace('${label(draft)}', ${now(draft)});`,
];

class StatementWriter {
  dice: Dice;
  private readonly drafts: Draft[] = [];
  private made = 0;
  /** Modules import each other in circles; then only functions read what is imported, since that of left-out values may throw. */
  private readonly isCyclic: boolean;

  constructor(
    private readonly seed: number,
    private readonly turn: number,
  ) {
    this.dice = new Dice(seed);
    this.isCyclic = seed % 3 === 0;
  }

  program(): Program {
    for (let index = MODULES - 1; index > 0; index--) this.drafts.unshift(this.module(index));
    if (this.turn > 0) this.edit();
    if (this.isCyclic) for (let count = 3; count > 0; count--) this.close();
    this.drafts.unshift(this.module(0));
    const modules: ModuleText[] = [
      { file: `main${this.seed}.cjs`, statements: ["drive(() => import('./m0.mjs'));"] },
      {
        file: `${PACKAGE}/package.json`,
        statements: [`{ "name": "pure", "sideEffects": ${this.isCyclic} }`],
      },
      ...this.drafts.map(({ index, statements }) => ({ file: fileOf(index), statements })),
    ];
    return { seed: this.seed, modules };
  }

  /** Adds to some modules; what follows is written otherwise, too, every other time. */
  private edit(): void {
    const { dice } = this;
    this.dice = new Dice(this.seed * 1000 + this.turn);
    for (const draft of this.dice.some(this.drafts, 2)) this.declare(draft);
    if (this.turn % 2 === 0) this.dice = dice;
  }

  /** A module calls at once what it imports from one that may not have run. */
  private close(): void {
    const { dice } = this;
    const [first, second] = dice.some(this.drafts.slice(0, PURE_FROM - 1), 2);
    if (first === undefined || second === undefined) return;
    const [late, early] = first.index < second.index ? [first, second] : [second, first];
    if (late.exports.length === 0) return;
    const local = `i${early.index}_${this.made++}`;
    const specifier = specifierOf(late.index, early.index);
    early.statements.push(
      `import { ${dice.pick(late.exports)} as ${local} } from '${specifier}';`,
      `look('${this.label(early)}', () => ${local}());`,
    );
  }

  private module(index: number): Draft {
    const { dice } = this;
    const draft: Draft = { index, statements: [], locals: [], bases: [], exports: [], makers: [] };
    const others = this.drafts.filter((other) => dice.chance(0.6) || other.index === index + 1);
    for (const other of dice.some(others, 4)) this.connect(draft, other);
    if (dice.chance(0.4)) this.make(draft);
    for (let count = 2 + dice.below(6); count > 0; count--) this.declare(draft);
    if (index === 0)
      for (const name of dice.some(draft.locals, 2))
        draft.statements.push(`look('m0:${this.made++}', () => ${name});`);
    return draft;
  }

  /** A function that others call when they run. */
  private make(draft: Draft): void {
    const name = `make${draft.index}_${this.made++}`;
    draft.statements.push(`/* @__NO_SIDE_EFFECTS__ */ export function ${name}(x) { return [x]; }`);
    draft.exports.push(name);
    draft.makers.push(name);
  }

  /** Calls such a function of another module, with something that has effects or not. */
  private call(draft: Draft, maker: string, from: string): void {
    const { dice } = this;
    const [local, name] = [`i${draft.index}_${this.made++}`, `v${draft.index}_${this.made++}`];
    const isLoud = draft.index < PURE_FROM && dice.chance(0.3);
    const given = isLoud ? this.effect(draft) : this.now(draft);
    const [imported, called] = dice.pick([
      [`{ ${maker} as ${local} }`, local],
      [`* as ${local}`, `${local}.${maker}`],
    ]);
    draft.statements.push(`import ${imported} ${from}`, `export const ${name} = ${called}(${given});`);
    draft.exports.push(name);
    draft.locals.push(name);
  }

  private declare(draft: Draft): void {
    const { dice } = this;
    const isLoud = draft.index < PURE_FROM && dice.chance(0.25);
    const name = `v${draft.index}_${this.made++}`;
    const text = dice.pick(isLoud ? loud : quiet)(name, draft, this);
    if (text === undefined) return;
    const isAlone = new RegExp(
      `^(?:async function|function|class|const|let|var) ${name}\\b(?!.*(?:var|function set_))`,
    ).test(text);
    const isExported = dice.chance(0.6);
    if (isExported && isAlone && dice.chance(0.6)) draft.statements.push(`export ${text}`);
    else {
      draft.statements.push(text);
      if (isExported) draft.statements.push(`export { ${name} };`);
    }
    if (isExported) draft.exports.push(name);
    draft.locals.push(name);
    if (/^class/.test(text)) draft.bases.push(name);
  }

  /** An import from, or a re-export of another module. */
  private connect(draft: Draft, other: Draft): void {
    const { dice } = this;
    const from = `from '${specifierOf(other.index, draft.index)}';`;
    const name = other.exports.length > 0 ? dice.pick(other.exports) : undefined;
    const local = `i${draft.index}_${this.made++}`;
    const { statements, locals, exports } = draft;
    if (other.makers.length > 0 && dice.chance(0.4)) {
      this.call(draft, dice.pick(other.makers), from);
      return;
    }
    switch (name === undefined ? 0 : dice.below(9)) {
      case 0:
        statements.push(`import '${specifierOf(other.index, draft.index)}';`);
        break;
      case 1:
      case 2:
        statements.push(`import { ${name} as ${local} } ${from}`);
        locals.push(local);
        break;
      case 3:
        statements.push(`import * as ${local} ${from}`);
        locals.push(dice.chance(0.8) ? `${local}.${name}` : local);
        break;
      case 4:
        statements.push(`export * ${from}`);
        exports.push(...other.exports);
        break;
      case 5:
        statements.push(`export { ${name} as ${local} } ${from}`);
        exports.push(local);
        break;
      case 6:
        statements.push(`import * as ${local} ${from} export { ${local} };`);
        exports.push(local);
        locals.push(`${local}.${name}`);
        break;
      case 7:
        statements.push(`import { ${name} as ${local} } ${from}`);
        break;
      default:
        statements.push(`const ${local} = () => import('${specifierOf(other.index, draft.index)}');`);
        if (draft.index < PURE_FROM && dice.chance(0.5))
          statements.push(`offer('m${draft.index}:${this.made++}', ${local});`);
    }
  }

  /** A name that a function may use when it is called, which may never be. */
  readonly use = (draft: Draft): string => (draft.locals.length > 0 ? this.dice.pick(draft.locals) : '0');

  /** A name that has a value. */
  readonly now = (draft: Draft): string => {
    if (!this.isCyclic) return this.use(draft);
    const own = draft.locals.filter((name) => name.startsWith('v'));
    return own.length > 0 ? this.dice.pick(own) : '0';
  };

  readonly label = ({ index }: Draft): string => `m${index}:${this.made++}`;

  readonly effect = (draft: Draft): string => `(trace('${this.label(draft)}'), 'done')`;
}

/**
 * The same for the same seed.
 * @param turn of an edit that makes the first module ask the others for other things
 */
export const randomStatements = (seed: number, turn = 0): Program =>
  new StatementWriter(seed, turn).program();
