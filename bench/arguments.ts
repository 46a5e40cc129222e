import { parseArgs } from 'node:util';
import { appNames } from './apps';
import { peerNames } from './peers';
import { type QuestionName, questionNames } from './questions';
import type { Wish } from './questions/question';

export const help = `Usage: npm run bench -- [question …] [options]
       npm run bench split
       npm run bench patches

Questions: ${questionNames.join(', ')} (default: all)

Options:
  --peer <name>      ${peerNames.join(', ')}; may be repeated (default: those a question is meant for)
  --app <name>       ${appNames.join(', ')}; may be repeated (default: those a question is meant for)
  --runs <n>         how often everything is measured (default: 5)
  --timeout <s>      seconds that one process may take (default: 300)
`;

const options = {
  peer: { type: 'string', multiple: true },
  app: { type: 'string', multiple: true },
  runs: { type: 'string', default: '5' },
  timeout: { type: 'string', default: '300' },
  help: { type: 'boolean' },
} as const;

/** @throws an error that lists the right names */
function oneOf<Name extends string>(names: readonly Name[], given: readonly string[]): Name[] {
  return given.map((name) => {
    const found = names.find((candidate) => candidate === name);
    if (found === undefined) throw new Error(`'${name}' is none of ${names.join(', ')}`);
    return found;
  });
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} takes a whole number from 1 on`);
  return number;
}

/**
 * Reads the command line; `undefined` when it asks for help.
 * @throws an error that says what is wrong
 */
export function readArguments(args: readonly string[]): (Wish & { questions: QuestionName[] }) | undefined {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) return undefined;
  return {
    questions: positionals.length === 0 ? questionNames : oneOf(questionNames, positionals),
    peers: values.peer && oneOf(peerNames, values.peer),
    apps: values.app && oneOf(appNames, values.app),
    runs: wholeNumber('runs', values.runs),
    timeout: wholeNumber('timeout', values.timeout),
  };
}
