/** What a question is about: a module or a package, found by whatever people call it. */
import { posix } from 'node:path';
import { nearest } from '../nearest';
import type { ReportData, ReportModule, ReportPackage } from './data';
import { pathOf } from './metafile';
import { listWords, plural, showName } from './words';

/** What is asked about. */
export interface Subject {
  title: string;
  /** Indices of its modules. */
  modules: ReadonlySet<number>;
}

const titled = ({ name, version }: ReportPackage): string =>
  version === undefined ? name : `${name}@${version}`;

function ofPackages({ packages, modules }: ReportData, numbers: readonly number[], name: string): Subject {
  const own = modules.flatMap((module, number) => (numbers.includes(module.package ?? -1) ? [number] : []));
  const versions = numbers.map((number) => packages[number]?.version ?? 'of no version');
  return {
    title: `package ${showName(name)} ${showName(listWords(versions))}, ${plural(own.length, 'module')}`,
    modules: new Set(own),
  };
}

const ofModule = ({ modules }: ReportData, index: number): Subject => ({
  title: showName((modules[index] as ReportModule).name),
  modules: new Set([index]),
});

/** Modules whose names or paths end so, with or without the extension; if there are none, those that imports make of such a file by what they ask for. */
function endingSo(data: ReportData, name: string): number[] {
  const isSuffix = (text: string): boolean =>
    `/${text}`.endsWith(`/${name}`) || `/${text.replace(/\.\w+$/, '')}`.endsWith(`/${name}`);
  const fileOf = (text: string): string => text.replace(/(\.\w+)[ ?#].*$/, '$1');
  const find = (shown: (text: string) => string): number[] =>
    [...data.modules.keys()].filter((index) =>
      [(data.modules[index] as ReportModule).name, pathOf(data, index)].some((text) => isSuffix(shown(text))),
    );
  const found = find((text) => text);
  return found.length > 0 ? found : find(fileOf);
}

/**
 * Finds what a question names: a module by its stable name, by its path, or by the end of either; or a package, one version of it or all.
 * @param name relative to the root where it is a path
 * @returns what was probably meant where nothing is called so
 */
export function findSubject(data: ReportData, name: string): Subject | { unknown: string } {
  const { modules, packages } = data;
  const plain = posix.normalize(name.replaceAll('\\', '/')).replace(/^\.\//, '');
  const named = [name, plain, `./${plain}`]
    .map((each) => modules.findIndex((module) => module.name === each))
    .find((index) => index !== -1);
  if (named !== undefined) return ofModule(data, named);
  const numbers = packages.flatMap((each, number) =>
    each.name === plain || titled(each) === plain ? [number] : [],
  );
  if (numbers.length > 0) return ofPackages(data, numbers, packages[numbers[0] as number]?.name as string);
  const path = [...modules.keys()].find((index) => pathOf(data, index) === plain);
  const alike = path === undefined ? endingSo(data, plain) : [path];
  if (alike.length === 1) return ofModule(data, alike[0] as number);
  if (alike.length > 1) {
    const names = alike.map((index) => showName((modules[index] as ReportModule).name));
    return { unknown: `'${showName(name)}' may be ${listWords(names, 8, 'or')}` };
  }
  const known = [...modules, ...packages].map((each) => each.name).concat(packages.map(titled));
  const match = nearest(plain, known) ?? nearest(`./${plain}`, known);
  const hint = match === undefined ? '' : `, did you mean '${showName(match)}'?`;
  return { unknown: `no module and no package is called '${showName(name)}'${hint}` };
}
