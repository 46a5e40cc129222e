/**
 * Whether sessions need more memory the longer they take: `npm run bench session`, or with a number of steps and a number of
 * modules behind it. A row for each kind of step: megabytes in use at a sixth, two sixths … of the steps.
 */
import { spawnSync } from 'node:child_process';
import { Project, removeProjects } from '../../test/helpers/project';
import { generateApp } from '../generate-app';
import { kinds } from './kinds';
import { Session, usedBytes } from './session';

const LOOKS = 6;

function applicationOf(size: number): Session {
  const { directory } = new Project({});
  const { graph, paths } = generateApp(
    directory,
    { modules: size, roots: size / 20, edges: size * 3.5, entries: 10 },
    'mixed',
  );
  const entries = graph.entries.map((number) => paths[number] as string);
  return new Session({ directory, entries, modules: paths });
}

async function measure(kind: string, steps: number, size: number): Promise<void> {
  const session = applicationOf(size);
  await session.build();
  const used = [await usedBytes()];
  const start = performance.now();
  for (let count = 0; count < steps; count++) {
    await kinds[kind]?.(session, count);
    if ((count + 1) % Math.ceil(steps / LOOKS) === 0) used.push(await usedBytes());
  }
  const milliseconds = (performance.now() - start) / steps;
  const cells = used.map((bytes) => (bytes / 1e6).toFixed(1).padStart(7));
  console.log(`${kind.padEnd(18)}${cells.join('')}   ${milliseconds.toFixed(0)} ms a step`);
  removeProjects();
}

const [first = '1200', size = '2000', kind] = process.argv.slice(2);
if (kind === undefined) {
  console.log(`MB after the first build of ${size} modules, and on the way to ${first} steps`);
  // A process for each, without V8's cache of texts it has compiled: the check of bundles fills that, tens of megabytes
  // come and go in it whatever garbage is collected.
  const flags = ['--no-compilation-cache', '--import', 'tsx'];
  for (const each of Object.keys(kinds))
    spawnSync(process.execPath, [...flags, __filename, first, size, each], { stdio: 'inherit' });
} else {
  void measure(kind, Number(first), Number(size));
}
