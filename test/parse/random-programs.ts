/** Random programs of few names in many constructs. Most of them are valid JavaScript. */
import type { Dice } from '../esm/dice';

const MODULE_NAMES = ['x', 'y', 'n', 'of', 'get', 'Buffer', 'module', 'global'];
const SCRIPT_NAMES = ['require', 'process', 'Buffer', 'global', 'of', 'get', 'setImmediate'];
const IMPORTS: Record<string, string> = {
  x: "import x from 'x'",
  y: "import { y } from 'y'",
  n: "import * as n from 'n'",
  of: "import { of } from 'y'",
  get: "import { a as get } from 'y'",
};

/** What each rule may become, the first of it where a program ends; `<…>` is another rule. */
const GRAMMAR = `
line:  ¦  ¦  ¦  ¦  ¦ <newline>
end: ; ¦ <newline>
word: if ¦ class ¦ function ¦ get ¦ set ¦ async ¦ static ¦ new ¦ of ¦ in ¦ typeof ¦ for ¦ var ¦ let ¦ import
  ¦ process ¦ return ¦ else
key: <name> ¦ <name> ¦ <word> ¦ [<value>]
read: process.env.A ¦ process.env.B ¦ process.env.C
string: 'a' ¦ 'b' ¦ "a" ¦ false ¦ 0
test: typeof process ¦ typeof Buffer
compared: === ¦ !== ¦ == ¦ != ¦ < ¦ >
known: <read> === 'a' ¦ <read> === <string> ¦ <read> != <string> ¦ <string> !== <read> ¦ !<read> ¦ (<known>)
  ¦ <test> <compared> 'undefined' ¦ <test> <compared> 'u' ¦ 'function' <compared> <test> ¦ <read> <compared> <string>
both: && ¦ ||
condition: <known> ¦ <known> <both> <known> ¦ <unit> <both> <known> ¦ <known> <both> <unit> <both> <known>
operator: + ¦ * ¦ / ¦ < ¦ === ¦ != ¦ in ¦ instanceof ¦ && ¦ || ¦ ?? ¦ <<
values:  ¦ <value> ¦ <value>, <line><value> ¦ ...<value>
value: <name> ¦ <unit> ¦ <unit> ¦ <unit> ¦ <arrow> ¦ <arrow> ¦ <target> = <value> ¦ <condition> && <unit>
  ¦ <unit><line> <operator> <line><unit> ¦ <condition> ? <value> : <line><value>
unit: <name> ¦ <name> ¦ <object> ¦ (<function>) ¦ (async function () { await <line><unit><end>}) ¦ <class>
  ¦ <read> ¦ <name>(<values>) ¦ <name>?.(<values>) ¦ <name><newline>(<values>) ¦ <name><line>[<value>]
  ¦ <name>.<word> ¦ (<value>) ¦ (<value>, <value>) ¦ [<values>] ¦ \`\${<value>, <value>}\` ¦ <name>\`\${<value>}\`
  ¦ <name>++ ¦ new <name> ¦ new <name>(<values>) ¦ typeof <name> ¦ !<name> ¦ -<name> ¦ /[/]/g ¦ <reference>
object: ({}) ¦ ({<property>, <property>}) ¦ ({<property>,<line><property>,}).a
  ¦ ({<property>})<line>(<value>)
property: <name> ¦ <method> ¦ <key>: <value> ¦ ...<value>
method: <key>() {} ¦ <key>(<parameters>) <block> ¦ async <key>(<parameters>) <block> ¦ *<key>() {<yields>}
yields: yield<line><value><end> ¦ <statement>
element: <name> ¦ <binding> ¦ <binding> = <value>
binding: <name> ¦ <name> ¦ <name> ¦ [<element>, <element>] ¦ { <name> }
  ¦ { <key>: <element>, <name> = <value> }
target: <name> ¦ <name> ¦ <name>.a ¦ <name>[<value>] ¦ (<name>)
parameters:  ¦ <element> ¦ <element>, <line><element> ¦ <name>, ...<binding>
optional:  ¦ <name>
function: function () {} ¦ function <optional>(<parameters>) <body>
  ¦ async function <optional>(<parameters>) <body>
body: {} ¦ <block> ¦ { <statement>return<line> <value><end>} ¦ { <block> return<newline><value><end>}
arrow: () => {} ¦ <name> => <block> ¦ (<parameters>) => <line><unit> ¦ async <name> => <block>
  ¦ <name> => <arrow>
member:  ¦ <key>() {}<line> ¦ <method><line> ¦ static <method><line> ¦ <key> = <value><end> ¦ <key><end>
  ¦ static <key> = <value><end> ¦ static {<statement>} ¦ get <key>() <block>
class: class {} ¦ class <optional> {<member><member>} ¦ class extends <name> {<member><member>}
declare: var ¦ let ¦ const
variables: var a ¦ <declare> <binding> = <value> ¦ <declare> <binding> = <value>, <line><name> = <value>
block: {} ¦ {<line><statement>} ¦ {<statement><statement>} ¦ {<statement><line><statement><statement>}
inner: ; ¦ <block> ¦ <block> ¦ <value><end> ¦ <simple>
statement: ; ¦ <simple> ¦ <simple> ¦ <value><end> ¦ <variables><end> ¦ var <name><end>
  ¦ class <name> {<member>}<line> ¦ function <name>(<parameters>) <body><line>
  ¦ function* <name>() {<yields>} ¦ async function <name>() <body><newline>
each: <target> ¦ <declare> <binding>
simple: ; ¦ if (<condition>) <inner> ¦ if (<condition>) <inner> else <inner>
  ¦ if (<known>) <block>else <block> ¦ if (<condition>) <block> else if (<condition>) <inner> else <inner>
  ¦ for (<variables>; <value>; <value>) <inner> ¦ for (<each> of <value>) <inner>
  ¦ for (<each> in <value>) <inner> ¦ while (<condition>) <inner> ¦ do ; while (<value>) <value><end>
  ¦ try <block> catch <block> ¦ try <block> catch (<binding>) <block>
  ¦ switch (<value>) { case <value>: <statement><newline>default: <statement>} ¦ l: <inner>
  ¦ <name>: <inner>
exported: export default <value><end> ¦ export default <function><newline> ¦ export default <class><newline>
  ¦ export * from 'e'<end> ¦ export <variables><end> ¦ export { <name> as q }<end> ¦ import 'f'<end>
`;

const RULES = new Map(
  GRAMMAR.trim()
    .split(/\n(?=\w+:)/)
    .map((lines) => {
      const [rule = '', choices = ''] = lines.replace(/\n +/g, ' ').split(/(?<=^\w+):/);
      return [rule, choices.split('¦').map((choice) => choice.trim().replaceAll('<newline>', '\n'))];
    }),
);

/** @param fuel how many constructs the program is made of, more or less */
export function randomProgram(dice: Dice, isModule: boolean, fuel: number): string {
  const names = dice.some(isModule ? MODULE_NAMES : SCRIPT_NAMES, 3);
  const references = isModule
    ? ["import('a')", "import('a').then(<value>)", "import('a').catch(b)"]
    : ["require('a')"];
  let left = fuel;
  const expand = (rule: string): string => {
    if (rule === 'name') return dice.chance(0.75) ? dice.pick(names) : dice.pick(['a', 'b']);
    const choices = rule === 'reference' ? references : (RULES.get(rule) as string[]);
    const choice = left-- < 0 ? (choices[0] as string) : dice.pick(choices);
    return choice.replace(/<(\w+)>/g, (_, inner: string) => expand(inner));
  };
  const rules = Array.from({ length: 1 + dice.below(4) }, () =>
    isModule && dice.chance(0.2) ? 'exported' : 'statement',
  );
  const imports = names.flatMap((name) => (isModule ? (IMPORTS[name] ?? []) : []));
  return [...(isModule ? ["import 'k'", ...imports, ';'] : []), rules.map(expand).join('')].join('\n');
}
