/** A generated graph as files of a program. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { ModuleGraph } from '../lib/model';
import { generateCode } from './generate-code';
import { cutProgram, type GraphSize, generateGraph, randomNumbers, type Unit } from './generate-graph';

/** What the modules of a program are: ES modules and CommonJS, or CommonJS only. */
export type Formats = 'mixed' | 'commonjs';

type Format = 'module' | 'commonjs';

/** Where a module of a program is, and how others name it. */
interface Place {
  /** Relative to the program's directory. */
  path: string;
  format: Format;
  /** Where it belongs to a package: what the package's users call it. */
  specifier?: string;
}

/** A program on the disk. */
export interface GeneratedApp {
  graph: ModuleGraph;
  /** Path of each module by its number, relative to the program's directory. */
  paths: string[];
}

/** What a module says when it is evaluated: the numbers of a bundle's modules are found by it. */
export const markerOf = (module: number): string => `module#${module};`;

/** Writes a program of this size. The same arguments give the same files on every machine. */
export function generateApp(directory: string, size: GraphSize, formats: Formats): GeneratedApp {
  const graph = generateGraph(size, 1);
  const random = randomNumbers(2);
  const places = placeModules(size, formats, random, directory);
  places.forEach((place, module) => {
    const text = render(module, graph, places) + generateCode(random);
    write(join(directory, place.path), text);
  });
  write(join(directory, 'package.json'), '{ "name": "generated", "private": true }\n');
  return { graph, paths: places.map(({ path }) => path) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Gives every module a place: features and parts are the program's own, packages are installed. */
function placeModules(size: GraphSize, formats: Formats, random: () => number, directory: string): Place[] {
  const { features, parts, packages } = cutProgram(size);
  const pick = (share: number): Format => (formats === 'mixed' && random() >= share ? 'module' : 'commonjs');
  const own = (kind: string) => (unit: Unit, number: number) => {
    const format = pick(0.1);
    return numbersOf(unit).map((module) => ({ path: `src/${kind}-${number}/${module}.js`, format }));
  };
  const installed = (unit: Unit, number: number): Place[] => {
    const format = pick(0.4);
    writePackage(directory, number, unit.first, format, random() < 0.5);
    return numbersOf(unit).map((module) => packageModule(`package-${number}`, module, unit.first, format));
  };
  return [...features.flatMap(own('feature')), ...parts.flatMap(own('part')), ...packages.flatMap(installed)];
}

const numbersOf = ({ first, length }: Unit): number[] => Array.from({ length }, (_, index) => first + index);

function packageModule(name: string, module: number, main: number, format: Format): Place {
  const file = `lib/${module}.js`;
  const specifier = module === main ? name : `${name}/${file}`;
  return { path: `node_modules/${name}/${file}`, format, specifier };
}

/** Packages of ES modules say so either as Node wants it, or as bundlers did before Node had them. */
function writePackage(
  directory: string,
  number: number,
  main: number,
  format: Format,
  isForNode: boolean,
): void {
  const name = `package-${number}`;
  const file = `./lib/${main}.js`;
  const exports = { '.': file, './lib/*': './lib/*' };
  const modern = isForNode ? { type: 'module', exports } : { main: file, module: file };
  const fields = format === 'module' ? modern : { main: file };
  const text = JSON.stringify({ name, version: '1.0.0', ...fields }, null, 2);
  write(join(directory, 'node_modules', name, 'package.json'), `${text}\n`);
}

/**
 * A module's imports, its registration, and a function that uses what it imports. Imports are used in that function
 * only, so that cycles do no harm.
 */
function render(module: number, graph: ModuleGraph, places: readonly Place[]): string {
  const place = places[module] as Place;
  const needed = new Set(graph.staticEdges[module]);
  needed.delete(module);
  const requested = new Set(graph.dynamicEdges[module]);
  for (const target of [...needed, module]) requested.delete(target);
  const name = (target: number): string => specifierOf(place, places[target] as Place);
  const lines = [
    ...[...needed].map((target) => importOf(target, name(target), place.format)),
    `self.ran.push('${markerOf(module)}');`,
    ...[...requested].map((target) => `self.requests[${target}] = () => import('${name(target)}');`),
    exportOf(module, [...needed], place.format),
  ];
  return `${lines.join('\n')}\n`;
}

function specifierOf(from: Place, { path, specifier }: Place): string {
  const directory = posix.dirname(from.path);
  const isOutside = packageOf(path) !== packageOf(from.path);
  if (specifier !== undefined && isOutside) return specifier;
  const relative = posix.relative(directory, path);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

const packageOf = (path: string): string | undefined => /^node_modules\/[^/]+/.exec(path)?.[0];

function importOf(target: number, specifier: string, format: Format): string {
  if (format === 'module') return `import { value${target} } from '${specifier}';`;
  return `const module${target} = require('${specifier}');`;
}

function exportOf(module: number, needed: readonly number[], format: Format): string {
  const prefix = (target: number): string => (format === 'module' ? '' : `module${target}.`);
  const calls = needed.map((target) => `${prefix(target)}value${target}(depth - 1)`);
  const body = `{\n  return depth > 0 ? [${calls.join(', ')}] : ${module};\n}`;
  if (format === 'module') return `export function value${module}(depth) ${body}`;
  return `exports.value${module} = function (depth) ${body};`;
}
