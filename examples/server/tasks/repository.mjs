import fs, { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import git from 'isomorphic-git';

const author = { name: 'Example', email: 'example@example.test' };

const greeting = (words) => `self.greet = function (name) {\n  return '${words}, ' + name + '.';\n};\n`;

/** A repository with two versions of `greeting.js`, tagged v1 and v2. */
export async function makeRepository(dir) {
  if (existsSync(dir)) return;
  await mkdir(dir);
  await git.init({ fs, dir, defaultBranch: 'main' });
  for (const [tag, words] of Object.entries({ v1: 'Hello', v2: 'Welcome back' })) {
    await writeFile(join(dir, 'greeting.js'), greeting(words));
    await git.add({ fs, dir, filepath: 'greeting.js' });
    await git.commit({ fs, dir, message: words, author });
    await git.tag({ fs, dir, ref: tag });
  }
}
