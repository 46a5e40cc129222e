/** Modules that are CommonJS or JSON, for ES modules to import. */
import type { Writer } from './writer';

export const jsonText = (number: number): string =>
  JSON.stringify({ of: number, list: [1, { a: null }], a: 1 });

/** Writes a CommonJS module that exports the planned names in ways that Node finds without running it. */
export function writeCommonJs(writer: Writer): void {
  const { plan, dice } = writer;
  const names = [...plan.locals].filter(([name]) => name !== 'default');
  writer.statements.push(`trace(${writer.label()}, this === exports);`);
  for (const to of plan.imports) {
    writer.add('commonjs: require', writer.fill(`look($L, () => require('./${writer.plans[to]?.file}'));`));
  }
  const values = names.map(
    ([name, { nature }]) => [name, valueText(writer, name, nature === 'function')] as const,
  );
  if (dice.chance(0.3)) writeWhole(writer, values);
  else {
    for (const [name, value] of values) writeMember(writer, name, value);
    if (dice.chance(0.3)) writeMark(writer);
  }
}

function valueText(writer: Writer, name: string, isFunction: boolean): string {
  const { number } = writer.plan;
  if (isFunction)
    return `function ${name}(...rest) { trace(${writer.label()}, this === undefined, rest.length); }`;
  return writer.dice.pick([`${number}`, `'text of m${number}'`, `[${number}]`, 'null']);
}

/** `module.exports = { a, b }`. */
function writeWhole(writer: Writer, values: readonly (readonly [name: string, value: string])[]): void {
  for (const [name, value] of values) writer.statements.push(`const ${name} = ${value};`);
  writer.add(
    'commonjs: module.exports =',
    `module.exports = { ${values.map(([name]) => name).join(', ')} };`,
  );
}

function writeMember(writer: Writer, name: string, value: string): void {
  const forms: Record<string, string> = {
    'exports.a =': `exports.${name} = ${value};`,
    'module.exports.a =': `module.exports.${name} = ${value};`,
    "exports['a'] =": `exports['${name}'] = ${value};`,
    defineProperty: `Object.defineProperty(exports, '${name}', { enumerable: true, value: ${value} });`,
    'assigned twice': `exports.${name} = 0; exports.${name} = ${value};`,
  };
  const [form, text] = writer.dice.pick(Object.entries(forms));
  writer.add(`commonjs: ${form}`, text);
}

/** Says that it was an ES module once; Node takes no notice, apart from the name. */
function writeMark(writer: Writer): void {
  writer.add(
    'commonjs: __esModule',
    "Object.defineProperty(exports, '__esModule', { value: true, enumerable: true });",
  );
}
