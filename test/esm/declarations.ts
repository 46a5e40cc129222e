/** The statements that declare what a module exports. */
import { isIdentifier, spell } from './names';
import type { Binding } from './plan';
import type { Writer } from './writer';

/** Adds the declarations of a module, and the clauses that export them. */
export function writeDeclarations(writer: Writer): void {
  const clauses: string[] = [];
  for (const binding of writer.plan.bindings) {
    const names = [...writer.plan.locals].filter(([, other]) => other === binding).map(([name]) => name);
    if (binding.declaration === 'default') writeDefault(writer, binding);
    else clauses.push(...writeDeclaration(writer, binding, names));
  }
  writeClauses(writer, clauses);
}

/** Adds a declaration; gives the parts of export clauses that it still needs. */
function writeDeclaration(writer: Writer, binding: Binding, names: readonly string[]): string[] {
  const { dice } = writer;
  const local = binding.local as string;
  const isInline = names.includes(local) && dice.chance(0.65);
  const kind =
    binding.nature === 'async' || binding.nature === 'generator' ? binding.nature : binding.declaration;
  const form = `${isInline ? 'export ' : ''}${kind}`;
  writer.add(form, `${isInline ? 'export ' : ''}${declarationText(writer, binding)}`);
  return names
    .filter((name) => !isInline || name !== local)
    .map((name) => (name === local ? local : `${local} as ${spell(name)}`));
}

function writeClauses(writer: Writer, parts: readonly string[]): void {
  const { dice } = writer;
  const count = (part: string): void => {
    writer.forms.push(
      part.endsWith(' as default')
        ? 'export {a as default}'
        : part.includes(' as ')
          ? 'export {a as}'
          : 'export {a}',
    );
    if (part.endsWith("'")) writer.forms.push('export {a as string}');
  };
  parts.forEach(count);
  if (parts.length > 0 && dice.chance(0.5)) writer.statements.push(`export { ${parts.join(', ')} };`);
  else
    for (const part of parts)
      writer.statements.push(dice.chance(0.5) ? `export { ${part} };` : `export {${part},};`);
  if (dice.chance(0.04)) writer.add('export {}', 'export {};');
}

function declarationText(writer: Writer, binding: Binding): string {
  const local = binding.local as string;
  if (binding.declaration === 'function') return functionText(writer, binding, local);
  if (binding.declaration === 'class') return `class ${local} ${classBody(writer, binding)}`;
  return `${binding.declaration} ${declarator(writer, binding, local)};`;
}

/** What stands behind `let`: a name with its value, or a pattern. */
function declarator(writer: Writer, binding: Binding, local: string): string {
  const { dice } = writer;
  if (binding.declaration !== 'const' && dice.chance(0.12)) return note(writer, 'nothing', local);
  const value = initialValue(writer, binding);
  if (dice.chance(0.7)) return `${local} = ${value}`;
  const patterns: Record<string, string> = {
    object: isIdentifier(local) ? `{ ${local} } = { ${local}: ${value} }` : `[${local}] = [${value}]`,
    'object with default': `{ ${local} = ${value} } = {}`,
    nested: `{ key: [${local} = ${value}] } = { key: [] }`,
    array: `[, ${local}] = [0, ${value}]`,
    'object rest': `{ ...${local} } = { kept: ${value} }`,
    'array rest': `[...${local}] = [${value}, 2]`,
    several: `${local} = ${value}, ${local}Extra = 1`,
  };
  const [name, text] = dice.pick(Object.entries(patterns));
  return note(writer, name, text);
}

function note(writer: Writer, form: string, text: string): string {
  writer.forms.push(`declared by: ${form}`);
  return text;
}

function initialValue(writer: Writer, binding: Binding): string {
  const { dice, plan } = writer;
  if (binding.nature === 'class') return `class ${classBody(writer, binding)}`;
  if (binding.nature === 'function') {
    const body = functionBody(writer, binding);
    return dice.pick([
      `(...rest) => ${body}`,
      `function (...rest) ${body}`,
      `function inner(...rest) ${body}`,
    ]);
  }
  const values = [
    `${plan.number * 10 + dice.below(10)}`,
    `'text of m${plan.number}'`,
    `{ of: ${plan.number} }`,
    '[1, 2]',
    'null',
  ];
  const waiting =
    plan.waits === 'ticks' ? [`await ${dice.below(9)}`, `(await settled(${dice.below(9)}))`] : [];
  const seen = writer.visible.map(({ name }) => `attempt(() => ${name})`);
  return dice.pick([...values, ...waiting, ...waiting, ...dice.some(seen, 2)]);
}

const STARS: Partial<Record<Binding['nature'], string>> = { async: 'async function', generator: 'function*' };

function functionText(writer: Writer, binding: Binding, name: string): string {
  const keyword = STARS[binding.nature] ?? 'function';
  return `${keyword} ${name}(...rest) ${functionBody(writer, binding)}`;
}

/** Tells that it was called, then perhaps assigns, looks at something, or calls a function of higher rank. */
function functionBody(writer: Writer, binding: Binding): string {
  const { dice, plan } = writer;
  const lines = [`trace(${writer.label()}, this, rest.length);`];
  const own = plan.bindings.filter(
    ({ mutable, local, nature }) => mutable && local !== undefined && nature === 'value',
  );
  if (own.length > 0 && dice.chance(0.5)) lines.push(ownAssignment(writer, dice.pick(own).local as string));
  const callable = writer.visible.filter(
    ({ nature, rank = 0 }) => nature === 'function' && rank > binding.rank,
  );
  if (callable.length > 0 && dice.chance(0.5))
    lines.push(`trace(${writer.label()}, attempt(() => ${dice.pick(callable).name}(1)));`);
  const seen = [...writer.visible.map(({ name }) => name), ...own.map(({ local }) => local)];
  const result = seen.length > 0 && dice.chance(0.6) ? dice.pick(seen) : `'result of m${plan.number}'`;
  lines.push(`${binding.nature === 'generator' ? 'yield' : 'return'} ${result};`);
  return `{ ${lines.join(' ')} }`;
}

const ownAssignment = (writer: Writer, name: string): string =>
  writer.dice.pick([
    `${name}++;`,
    `${name} = ${writer.dice.below(9)};`,
    `[${name}] = [rest.length];`,
    `({ ${name} } = { ${name}: 5 });`,
  ]);

function classBody(writer: Writer, binding: Binding): string {
  const { dice, plan } = writer;
  const seen =
    writer.visible.length > 0 && dice.chance(0.5) ? dice.pick(writer.visible).name : (binding.local ?? '1');
  const tag = dice.chance(0.1) ? "static name = 'own';" : '';
  return `{ static tag = 'class of m${plan.number}'; ${tag} kept = 1; read() { return [this.kept, attempt(() => ${seen})]; } static create() { return new this(); } }`;
}

/** The default export, when it is not just another name of a variable. */
function writeDefault(writer: Writer, binding: Binding): void {
  const [form, text] = binding.nature === 'value' ? defaultValue(writer) : defaultThing(writer, binding);
  const follow = writer.dice.chance(0.3) && /(function|class)/.test(form);
  const next = follow
    ? `\n${writer.dice.pick(['[1].forEach((one) => trace($L, one));', '(() => trace($L))();', '/1/.test(1);', '`${trace($L)}`;'])}`
    : '';
  if (follow) writer.forms.push('export default before an expression');
  writer.add(`export default ${form}`, `export default ${text}${next.replaceAll('$L', writer.label())}`);
}

function defaultValue(writer: Writer): [form: string, text: string] {
  const { dice, plan } = writer;
  const body = `{ return 'result of m${plan.number}'; }`;
  const seen = [
    ...writer.visible.map(({ name }) => name),
    ...plan.bindings.flatMap(({ local }) => local ?? []),
  ];
  const values: [form: string, text: string][] = [
    ['expression', `attempt(() => ${dice.pick([...seen, '1'])});`],
    ['expression', `[${plan.number}].concat(2);`],
    ['object', `{ of: ${plan.number} };`],
    ['arrow', `() => ${body};`],
    ['async arrow', `async () => ${body};`],
    ['arrow in parentheses', `(() => ${body});`],
    ['anonymous in parentheses', `(function () ${body});`],
    ['class in parentheses', '(class {});'],
    ['not named', `(0, function () ${body});`],
    ['named in parentheses', `(function inner() ${body});`],
    ...(plan.waits === 'ticks' ? [['await', `await ${plan.number};`] as [string, string]] : []),
  ];
  return dice.pick(values);
}

function defaultThing(writer: Writer, binding: Binding): [form: string, text: string] {
  const name = binding.local ?? '';
  const form = `${name === '' ? 'anonymous' : 'named'} ${binding.nature === 'class' ? 'class' : 'function'}`;
  const text =
    binding.nature === 'class'
      ? `class ${name} ${classBody(writer, binding)}`
      : functionText(writer, binding, name);
  return [form, text];
}
