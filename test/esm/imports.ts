/** The statements that connect modules. */
import { freshName, isIdentifier, memberOf, spell } from './names';
import { type Indirect, importable, type ModulePlan, resolveExport, type Target } from './plan';
import type { Writer } from './writer';

/** Where a module is, with what a JSON module needs besides. */
function specifier({ file, language }: ModulePlan, quote: string): string {
  return `${quote}./${file}${quote}${language === 'json' ? " with { type: 'json' }" : ''}`;
}

/** `import()` of a module. */
export const importCall = ({ file, language }: ModulePlan): string =>
  `import('./${file}'${language === 'json' ? ", { with: { type: 'json' } }" : ''})`;

/** Adds an import or export statement, with all spaces that it can have, or none, or comments. */
function addStatement(writer: Writer, form: string, words: string, to: number): void {
  const { dice } = writer;
  const target = writer.plans[to] as ModulePlan;
  const text = `${words} ${specifier(target, dice.pick(["'", '"']))};`;
  const style = dice.below(8);
  if (style === 0) writer.add(form, tight(text));
  else if (style === 1) writer.add(form, text.replace(/([{},*]) /g, '$1\n  /* from */ '));
  else writer.add(form, text);
}

/** Takes away the spaces around punctuation. */
const tight = (text: string): string => text.replace(/('[^']*')|\s*([{},*])\s*|\s+(?=["'])/g, '$1$2');

/** Writes everything that the plan says about other modules, and makes the imported names visible. */
export function writeImports(writer: Writer): void {
  const { plan } = writer;
  for (const star of plan.stars) addStatement(writer, 'export * from', 'export * from', star);
  for (const [name, indirect] of plan.indirect) writeIndirect(writer, name, indirect);
  for (const [name, { declaration, namespace, local }] of plan.locals) {
    if (declaration !== 'import' || namespace === undefined) continue;
    addStatement(writer, 'import * as', `import * as ${local} from`, namespace);
    writer.add('export of an imported namespace', `export { ${local} as ${spell(name)} };`);
    writer.see(local as string, { namespace });
  }
  for (const to of plan.imports) writeImport(writer, to);
}

function writeIndirect(writer: Writer, exported: string, indirect: Indirect): void {
  const { from, name, through } = indirect;
  if (name === '*') {
    const form = isIdentifier(exported) ? 'export * as from' : 'export * as a string from';
    addStatement(writer, form, `export * as ${spell(exported)} from`, from);
  } else if (through === undefined) {
    const text = exported === name ? spell(name) : `${spell(name)} as ${spell(exported)}`;
    addStatement(writer, `export {${indirectForm(exported, name)}} from`, `export { ${text} } from`, from);
  } else {
    addStatement(writer, 'import {a as}', `import { ${spell(name)} as ${through} } from`, from);
    writer.add('export of an import', `export { ${through} as ${spell(exported)} };`);
    writer.see(through, resolveExport(writer.plans, from, name) as Target);
  }
}

function indirectForm(exported: string, name: string): string {
  const left = name === 'default' ? 'default' : 'a';
  if (exported === name) return left;
  return left === 'a' && exported === 'default' ? 'a as default' : `${left} as`;
}

/** Imports something of a module. */
function writeImport(writer: Writer, to: number): void {
  if (writer.dice.chance(0.07)) addStatement(writer, 'import for its effects', 'import', to);
  else addStatement(writer, 'import', `import ${importClauses(writer, to)} from`, to);
}

function importClauses(writer: Writer, to: number): string {
  const { dice, forms } = writer;
  const names = importable(writer.plans, to);
  const chosen = dice.some([...names.keys()], 1 + dice.below(3));
  const hasDefault = names.has('default') && dice.chance(0.4);
  const first = hasDefault ? `${defaultClause(writer, names.get('default') as Target)}, ` : '';
  const isWhole = chosen.length === 0 || dice.chance(0.3);
  if (hasDefault) forms.push(`import of two kinds${isWhole ? ', namespace' : ''}`);
  return first + (isWhole ? namespaceClause(writer, to) : namedClause(writer, names, chosen));
}

function defaultClause(writer: Writer, target: Target): string {
  writer.forms.push('import d');
  const local = freshName(writer.plan.taken, writer.dice);
  writer.see(local, target);
  return local;
}

function namespaceClause(writer: Writer, to: number): string {
  writer.forms.push('import * as');
  const local = freshName(writer.plan.taken, writer.dice);
  writer.see(local, { namespace: to });
  return `* as ${local}`;
}

function namedClause(writer: Writer, names: ReadonlyMap<string, Target>, chosen: readonly string[]): string {
  const parts = chosen.map((name) => {
    const keeps = isIdentifier(name) && name !== 'default' && writer.dice.chance(0.7);
    const local = freshName(writer.plan.taken, writer.dice, keeps ? name : undefined);
    writer.see(local, names.get(name) as Target);
    writer.forms.push(
      local === name ? 'import {a}' : name === 'default' ? 'import {default as}' : 'import {a as}',
    );
    if (!isIdentifier(name) && name !== 'default') writer.forms.push('import {string as}');
    return local === name ? name : `${spell(name)} as ${local}`;
  });
  return `{ ${parts.join(', ')}${writer.dice.chance(0.1) ? ',' : ''} }`;
}

/** A member of a namespace, if it has any. */
export function randomMember(writer: Writer, namespace: number): { m: string; k: string } | undefined {
  const names = [...importable(writer.plans, namespace).keys()];
  if (names.length === 0) return undefined;
  const name = writer.dice.pick(names);
  return { m: memberOf(name), k: JSON.stringify(name) };
}
