/**
 * Evaluates the modules of a folder as Node does, all in one process, and writes the values to a file, as JSON:
 * name → `{ value }` or `{ error }`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, output] = process.argv.slice(2);

async function evaluate(file) {
  try {
    const module = await import(pathToFileURL(join(folder, file)));
    return { value: await module.default };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

const answers = {};
for (const file of readdirSync(folder)) answers[parse(file).name] = await evaluate(file);
writeFileSync(output, JSON.stringify(answers));
process.exit();
