/** Generated programs, what a release changes in them, and what visitors then download. */
import { join } from 'node:path';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { generateCode } from '../../bench/generate-code';
import { type GraphSize, generateGraph, randomNumbers } from '../../bench/generate-graph';
import { sha256 } from '../../lib/hash';
import type { ModuleGraph } from '../../lib/model';
import { encodePatch } from '../../lib/patch/encode';
import { tools } from '../../lib/releases/compress';
import type { Release } from '../../lib/releases/manifest';
import { openReleases } from '../../lib/releases/open';
import { Project, type ProjectFiles } from '../helpers/project';
import { createDice, type Dice } from '../patch/texts';

export type { GraphSize };

export interface Program {
  graph: ModuleGraph;
  /** Of each module, without what it requires. */
  code: string[];
  paths: string[];
}

/** The last fifth of the modules is a package. */
const inPackage = ({ graph }: Program, module: number): boolean => module >= graph.size * 0.8;

export function makeProgram(size: GraphSize, seed: number): Program {
  const random = randomNumbers(seed);
  const code = Array.from({ length: size.modules }, () => generateCode(random));
  const paths = code.map((_, module) =>
    module >= size.modules * 0.8 ? `node_modules/parts/lib/${module}.js` : `src/${module}.js`,
  );
  return { graph: generateGraph(size, seed), code, paths };
}

function sourceOf({ graph, code, paths }: Program, module: number): string {
  const path = (to: number): string => {
    const [, inside] = /^node_modules\/(.*)/.exec(paths[to] as string) ?? [];
    if (inside !== undefined) return inside;
    return `${module < graph.size * 0.8 ? '.' : '../../../src'}/${to}.js`;
  };
  const needed = [...new Set(graph.staticEdges[module])].filter((to) => to !== module);
  const later = [...new Set(graph.dynamicEdges[module])].filter(
    (to) => to !== module && !needed.includes(to),
  );
  return [
    ...needed.map((to) => `exports.m${to} = require('${path(to)}');`),
    ...later.map((to) => `exports.n${to} = ['${path(to)}' /*js*/];`),
    code[module],
  ].join('\n');
}

export function filesOf(program: Program): ProjectFiles {
  return Object.fromEntries(program.paths.map((path, module) => [path, sourceOf(program, module)]));
}

const sample = (dice: Dice, size: number, share: number): number[] =>
  Array.from({ length: Math.round(size * share) }, () => dice.below(size));

/** Some of the modules have changed in one place. */
export function edit(program: Program, share: number, seed: number): Program {
  const dice = createDice(seed);
  const code = [...program.code];
  for (const module of sample(dice, code.length, share)) {
    const lines = (code[module] as string).split('\n');
    lines.splice(dice.below(lines.length), 0, `// change ${dice.below(1000)}`);
    code[module] = `${lines.join('\n')}self.edit = [${dice.below(1000)}, 'of ${module}'];\n`;
  }
  return { ...program, code };
}

/** Some modules are needed by a root that did not need them, so that they move to other bundles. */
export function move(program: Program, share: number, seed: number): Program {
  const dice = createDice(seed);
  const { graph } = program;
  const roots = [...graph.entries, ...new Set(graph.dynamicEdges.flat())];
  const staticEdges = graph.staticEdges.map((targets) => [...targets]);
  for (const module of sample(dice, graph.size, share)) staticEdges[dice.pick(roots)]?.push(module);
  return { ...program, graph: { ...graph, staticEdges } };
}

/** The package has its files in another directory, under other names. */
export function renamePackage(program: Program): Program {
  const paths = program.paths.map((path, module) =>
    inPackage(program, module) ? `node_modules/parts/dist/module-${module}.js` : path,
  );
  return { ...program, paths };
}

export interface Built {
  release: Release;
  /** By version. */
  texts: Map<string, string>;
  /** Module ids by bundle name. */
  ids: Record<string, string[]>;
  patches: { bundle: string; to: string; from: string[]; size: number }[];
}

/** Builds a release of a program into a directory of releases. */
export async function buildProgram(program: Program, releases: string): Promise<Built> {
  const project = new Project(filesOf(program));
  const pack = dynapack({ root: project.directory, prefix: '/js/' });
  for (const entry of program.graph.entries) pack.write(project.path(program.paths[entry] as string));
  pack.end();
  const built: Built = { release: undefined as unknown as Release, texts: new Map(), ids: {}, patches: [] };
  pack.on('bundled', ({ modules, bundles }) => {
    const ids = new Map(Object.entries(modules).map(([id, path]) => [path, id]));
    for (const [name, paths] of Object.entries(bundles))
      built.ids[name] = paths.map((path) => ids.get(path) as string);
  });
  for await (const file of pack.pipe(pack.patches({ releases })) as unknown as AsyncIterable<File>) {
    const { patch } = (file as unknown as { dynapack: { patch?: Built['patches'][number] } }).dynapack;
    if (patch) built.patches.push(patch);
    else built.texts.set(sha256(String(file.contents)), String(file.contents));
  }
  built.release = (await openReleases(releases).list()).at(-1) as Release;
  return built;
}

/** What a visitor of an entry holds or needs: versions. */
const versionsFor = ({ release }: Built, entry: string): string[] =>
  (release.entries[entry] ?? []).map((name) => release.bundles[name]?.version as string);

export interface Cost {
  /** Bytes after brotli with the patches there are. */
  sent: number;
  /** With a patch over all that the visitor holds, for all that is needed. */
  least: number;
  full: number;
  /** How many were sent. */
  patches: number;
}

/** What visitors download who had each entry of `before` and come to it in `now`. */
export function costOf(before: Built, now: Built): Cost {
  const cost = { sent: 0, least: 0, full: 0, patches: 0 };
  for (const entry of Object.keys(now.release.entries)) {
    const held = versionsFor(before, entry);
    const needed = versionsFor(now, entry).filter((version) => !held.includes(version));
    if (needed.length === 0) continue;
    const texts = needed.map((version) => now.texts.get(version) as string);
    const olds = held.map((version) => before.texts.get(version) as string);
    cost.least += tools.compressedSize(encodePatch(olds, texts.join(''), tools));
    needed.forEach((version, index) => {
      const full = tools.compressedSize(texts[index] as string);
      const usable = now.patches.filter(
        ({ to, from }) => to === version && from.every((each) => held.includes(each)),
      );
      cost.full += full;
      cost.patches += Math.sign(usable.length);
      cost.sent += Math.min(full, ...usable.map(({ size }) => size));
    });
  }
  return cost;
}

/** What the same visitors would download if only modules with equal ids were matched. */
export function limitedCost(before: Built, now: Built): number {
  const ids = new Set(Object.values(now.ids).flat());
  let sum = 0;
  for (const entry of Object.keys(now.release.entries)) {
    const held = versionsFor(before, entry);
    const olds = held.map((version) => withModules(before.texts.get(version) as string, ids));
    for (const version of versionsFor(now, entry)) {
      if (held.includes(version)) continue;
      const text = now.texts.get(version) as string;
      const patch = encodePatch(olds, text, tools);
      sum += Math.min(tools.compressedSize(text), tools.compressedSize(patch));
    }
  }
  return sum;
}

/** A bundle's text without the modules that have other ids. */
const withModules = (text: string, ids: ReadonlySet<string>): string =>
  text
    .split(/^(?="[\w-]{4,}":function)/m)
    .filter((module) => ids.has(/^"([\w-]+)":/.exec(module)?.[1] ?? '') || !module.startsWith('"'))
    .join('');

/** The share of modules that are not in the bundle of that name any more. */
export function movedShare(before: Built, now: Built): number {
  const place = (built: Built) =>
    new Map(Object.entries(built.ids).flatMap(([name, ids]) => ids.map((id) => [id, name] as const)));
  const old = place(before);
  const moved = [...place(now)].filter(([id, name]) => old.has(id) && old.get(id) !== name);
  return moved.length / old.size;
}

export const releasesDirectory = (): string => join(new Project({}).directory, 'releases');
