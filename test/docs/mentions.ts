/** What a page mentions in its code: options of calls, and flags. */
import { parseSync } from 'rolldown/utils';
import { blocksOf, type Page, withoutCode } from './documents';

/** Blocks of code, and code in sentences. */
export const codeOf = (page: Page): string[] => [
  ...blocksOf(page).map(({ code }) => code),
  ...[...withoutCode(page.text).matchAll(/(`+)((?:(?!\1)[\s\S])+)\1/g)].map(([, , code = '']) =>
    code.replaceAll('\\|', '|').trim(),
  ),
  ...[...withoutCode(page.text).matchAll(/^ {4}(\S.*)$/gm)].map(([, code = '']) => code),
];

interface Node {
  type: string;
  callee?: Node;
  name?: string;
  property?: Node;
  arguments?: Node[];
  properties?: Node[];
  key?: Node & { value?: string };
  value?: unknown;
}

/** A key of an object that a call is given. */
export interface Key {
  /** The name of what is called, or of the option that holds the object. */
  call: string;
  key: string;
}

const OPTIONS_WITHIN = ['resolve', 'split', 'dotenv'];

function keysOf(call: string, object: Node): Key[] {
  return (object.properties ?? []).flatMap(({ key, value }) => {
    const name = key?.name ?? key?.value;
    if (name === undefined) return [];
    const inner = value as Node;
    const isWithin =
      call === 'dynapack' && OPTIONS_WITHIN.includes(name) && inner?.type === 'ObjectExpression';
    return [{ call, key: name }, ...(isWithin ? keysOf(name, inner) : [])];
  });
}

/** Names of the options that calls are given, in code that is JavaScript; of other code, none. */
export function keysOfCalls(code: string): Key[] {
  const text = /^\{/.test(code) ? `(${code})` : code;
  const { program, errors } = parseSync('code.js', text);
  if (errors.length > 0) return [];
  const found: Key[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const node = value as Node;
      if (node.type === 'CallExpression') {
        const call = node.callee?.property?.name ?? node.callee?.name;
        for (const argument of node.arguments ?? [])
          if (call !== undefined && argument.type === 'ObjectExpression')
            found.push(...keysOf(call, argument));
      }
      Object.values(node).forEach(visit);
    }
  };
  visit(program);
  return found;
}

/** Long flags, where a command or a flag alone stands. */
export const flagsIn = (code: string): string[] =>
  /^(?:\S*\/)?[`\w@./*' =-]*--|^--/m.test(code) && !/;/.test(code)
    ? [...code.matchAll(/(?<![\w-])--[a-z][a-zA-Z-]*/g)].map(([flag]) => flag)
    : [];
