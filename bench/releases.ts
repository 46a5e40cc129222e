/**
 * How long all patches of a large release take: `npm run bench releases`. A generated program of some 300 bundles, and
 * five releases of it before, each of which has changed a twentieth of the modules and moved some.
 */
import { cpus } from 'node:os';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { sha256 } from '../lib/hash';
import { Project, removeProjects } from '../test/helpers/project';
import { edit, filesOf, makeProgram, move, type Program } from '../test/releases/programs';

const SIZE = { modules: 3_000, roots: 150, edges: 10_000, entries: 40 };
const RELEASES = 5;

interface Result {
  bundles: number;
  bytes: number;
  patches: number;
  patchBytes: number;
  /** Seconds from the last bundle to the end, and of the processor meanwhile. */
  wall: number;
  cpu: number;
}

async function build(program: Program, releases: string): Promise<Result> {
  const project = new Project(filesOf(program));
  const pack = dynapack({ root: project.directory, prefix: '/js/' });
  for (const entry of program.graph.entries) pack.write(project.path(program.paths[entry] as string));
  pack.end();
  const files: File[] = [];
  for await (const file of pack as unknown as AsyncIterable<File>) files.push(file);
  const bytes = files.reduce((sum, file) => sum + (file.contents as Buffer).length, 0);
  const [start, cpuStart] = [performance.now(), process.cpuUsage()];
  const stream = pack.patches({ releases });
  for (const file of files) stream.write(file);
  stream.end();
  const out: File[] = [];
  for await (const file of stream as unknown as AsyncIterable<File>) out.push(file);
  const { user, system } = process.cpuUsage(cpuStart);
  const patches = out.filter((file) => file.relative.startsWith('patches/'));
  const patchBytes = patches.reduce((sum, file) => sum + sizeOf(file), 0);
  const wall = (performance.now() - start) / 1_000;
  return {
    bundles: files.length,
    bytes,
    patches: patches.length,
    patchBytes,
    wall,
    cpu: (user + system) / 1e6,
  };
}

const sizeOf = (file: File): number =>
  (file as unknown as { dynapack: { patch: { size: number } } }).dynapack.patch.size;

async function main(): Promise<void> {
  const releases = new Project({}).path('releases');
  let program = makeProgram(SIZE, 1);
  console.log(`${cpus().length} cores; a program ${sha256(JSON.stringify(program.paths)).slice(0, 6)}`);
  for (let number = 1; number <= RELEASES + 1; number++) {
    const { bundles, bytes, patches, patchBytes, wall, cpu } = await build(program, releases);
    console.log(
      `release ${number}: ${bundles} bundles of ${(bytes / 1e6).toFixed(1)} MB, ${patches} patches of ` +
        `${(patchBytes / 1e3).toFixed(1)} kB after brotli, ${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU`,
    );
    program = move(edit(program, 0.05, number), 0.005, number);
  }
  removeProjects();
}

main();
