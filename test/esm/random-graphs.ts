/** Seeded module graphs as texts. Every module tells through `trace` what it sees. */
import { writeDeclarations } from './declarations';
import { Dice } from './dice';
import type { ModuleText, Program } from './files';
import { jsonText, writeCommonJs } from './foreign';
import { importCall, randomMember, writeImports } from './imports';
import { exportedNames, type ModulePlan, resolveExport } from './plan';
import { hasCycle, randomPlans } from './random-plan';
import { tidy } from './style';
import { assignments, calls, members, namespaces, natureUses, reads, shadows, surroundings } from './uses';
import { writeOffers, writeWaiting } from './waiting';
import { type Visible, Writer } from './writer';

/** A program with what it was made from. */
export interface Graph extends Program {
  plans: readonly ModulePlan[];
  /** The forms that occur, as often as they do. */
  forms: readonly string[];
}

/** The graph of a seed: always the same. */
export function randomGraph(seed: number): Graph {
  const dice = new Dice(seed);
  const throwing = dice.chance(0.25);
  const ofStars = new Dice(-seed);
  const stars = ofStars.chance(0.2) ? ofStars : undefined;
  const plans = randomPlans(dice, { interop: dice.chance(0.25), waiting: dice.chance(0.3), throwing, stars });
  const forms = planForms(plans);
  const modules = plans.map((plan) => ({
    file: plan.file,
    statements: statementsOf(plan, plans, dice, forms),
  }));
  const main = mainModule(plans, dice, forms, throwing);
  return { seed, plans, forms, modules: [{ ...main, file: `main${seed}${main.file}` }, ...modules] };
}

/** What only the whole of a graph shows. */
function planForms(plans: readonly ModulePlan[]): string[] {
  const forms = plans.flatMap(({ number, stars }) => {
    const targets = [...exportedNames(plans, number)].map((name) => resolveExport(plans, number, name));
    const hidden = stars.some((star) =>
      [...exportedNames(plans, star)].some((name) => plans[number]?.locals.has(name)),
    );
    return [
      ...(targets.includes('ambiguous') ? ['graph: ambiguous star name'] : []),
      ...(hidden ? ['graph: star name that is hidden'] : []),
    ];
  });
  const languages = plans.map(({ language }) => `graph: ${language}`);
  if (hasCycle(plans)) forms.push('graph: cycle');
  if (plans.some(({ number, imports }) => imports.includes(number))) forms.push('graph: import of itself');
  for (const { throws, waits } of plans) {
    if (throws) forms.push('graph: module that throws');
    if (waits !== 'never') forms.push(`graph: module that waits for ${waits}`);
  }
  return [...forms, ...languages];
}

function mainModule(
  plans: readonly ModulePlan[],
  dice: Dice,
  forms: string[],
  throwing: boolean,
): ModuleText {
  const first = plans[0] as ModulePlan;
  const other = dice.pick(plans);
  const loads = [first, ...(dice.chance(0.4) ? [other] : [])].map((plan) => `() => ${importCall(plan)}`);
  const style = throwing ? 'import()' : dice.pick(['static', 'import()', 'import()', 'commonjs']);
  forms.push(`main: ${style}`);
  if (style === 'commonjs') return { file: '.cjs', statements: [`drive(${loads.join(', ')});`] };
  if (style === 'import()') return { file: '.mjs', statements: [`drive(${loads.join(', ')});`] };
  const statements = [
    `import * as first from './${first.file}';`,
    `drive(() => first, ${loads.join(', ')});`,
  ];
  return { file: '.mjs', statements };
}

function statementsOf(
  plan: ModulePlan,
  plans: readonly ModulePlan[],
  dice: Dice,
  forms: string[],
): readonly string[] {
  if (plan.language === 'json') return [jsonText(plan.number)];
  const writer = new Writer(plan, plans, dice, forms);
  if (plan.language === 'cjs') {
    writeCommonJs(writer);
    addThrow(writer, writer.statements);
    return writer.statements;
  }
  writeImports(writer);
  const imports = writer.statements.splice(0);
  writeDeclarations(writer);
  const declarations = writer.statements.splice(0);
  writeUses(writer);
  const uses = dice.shuffled(writer.statements);
  const rest = dice.chance(0.6)
    ? [...dice.shuffled(declarations), ...uses]
    : dice.shuffled([...declarations, ...uses]);
  addThrow(writer, rest);
  const all = dice.chance(0.7) ? [...dice.shuffled(imports), ...rest] : dice.shuffled([...imports, ...rest]);
  return tidy(all, dice, forms);
}

function addThrow({ plan, dice }: Writer, statements: string[]): void {
  if (!plan.throws) return;
  const thrown = dice.pick([
    `new Error('m${plan.number} fails')`,
    `'m${plan.number} fails'`,
    'undefined',
    `{ of: ${plan.number} }`,
  ]);
  statements.splice(dice.below(statements.length + 1), 0, `throw ${thrown};`);
}

/** Adds looks at everything that is visible in a module. */
function writeUses(writer: Writer): void {
  const { dice, plan } = writer;
  const own = plan.bindings.flatMap(({ local, nature, mutable }): Visible[] =>
    local === undefined ? [] : [{ name: local, nature, constant: !mutable }],
  );
  const all = [...writer.visible, ...own];
  for (const visible of all) writeUse(writer, visible, dice.pick(all));
  for (const visible of dice.some(all, 1 + dice.below(4))) writeUse(writer, visible, dice.pick(all));
  for (const { name, constant, nature } of own) {
    if (!constant && (nature === 'value' || dice.chance(0.2)))
      writer.use('assignment', assignments, { x: name });
  }
  if (dice.chance(0.4)) writer.use('surroundings', surroundings);
  writeWaiting(writer);
  writeOffers(writer);
}

function writeUse(writer: Writer, visible: Visible, other: Visible): void {
  const { dice } = writer;
  const { name: x, nature, namespace } = visible;
  if (dice.chance(0.2)) writer.use('shadow', shadows, { x });
  else if (nature === 'value' || dice.chance(0.3)) writer.use('read', reads, { x, y: other.name });
  else if (nature === 'function') writer.use('call', calls, { x });
  else if (nature !== 'namespace') writer.use(nature, natureUses[nature], { x });
  else writeNamespaceUse(writer, x, namespace as number);
}

function writeNamespaceUse(writer: Writer, x: string, namespace: number): void {
  const member = randomMember(writer, namespace);
  if (member && writer.dice.chance(0.6)) writer.use('member', members, { x, ...member });
  else writer.use('namespace', namespaces, { x });
}
