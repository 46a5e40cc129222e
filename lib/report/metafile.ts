/** The data of a report in the format of esbuild's metafile, so that what shows these shows it. */
import { posix } from 'node:path';
import type { ReportBundle, ReportData, ReportModule } from './data';

/** As https://esbuild.github.io/api/#metafile has it. */
export interface Metafile {
  inputs: Record<string, MetafileInput>;
  outputs: Record<string, MetafileOutput>;
}

interface MetafileImport {
  path: string;
  kind: 'import-statement' | 'require-call' | 'dynamic-import' | 'import-rule' | 'url-token';
  external?: boolean;
}

interface MetafileInput {
  bytes: number;
  imports: MetafileImport[];
  format?: 'cjs' | 'esm';
}

interface MetafileOutput {
  bytes: number;
  inputs: Record<string, { bytesInOutput: number }>;
  imports: MetafileImport[];
  exports: string[];
  entryPoint?: string;
}

/** What a bundle is served as → its path from the working directory. */
type Place = (served: string) => string;

const EXTERNAL = 'dynapack/virtual/external/';

/** Of an external module its specifier, of others the path from the root. */
export function pathOf({ modules, packages }: ReportData, index: number): string {
  const { name, package: number } = modules[index] as ReportModule;
  if (name.startsWith(EXTERNAL)) return name.slice(EXTERNAL.length, -'.js'.length);
  const own = number === undefined ? undefined : packages[number];
  if (own === undefined || name.startsWith('dynapack/virtual/')) return name.replace(/^\.\//, '');
  const nested = name.lastIndexOf(`node_modules/${own.name}/`);
  const start = nested < 0 ? 0 : nested + 'node_modules/'.length;
  return name.startsWith(`${own.name}/`, start) ? own.directory + name.slice(start + own.name.length) : name;
}

const isExternal = ({ name }: ReportModule): boolean => name.startsWith(EXTERNAL);

/** Of styles, what is no style is a file that they name. */
const isFileOfStyle = (from: ReportModule, to: ReportModule): boolean =>
  from.kind === 'style' && (to.kind === 'asset' || to.kind === 'text');

function importsOf(data: ReportData, module: ReportModule): MetafileImport[] {
  const kinds = { style: 'import-rule', esm: 'import-statement', cjs: 'require-call' } as const;
  const kind = module.kind in kinds ? kinds[module.kind as keyof typeof kinds] : 'require-call';
  const make =
    (how: MetafileImport['kind']) =>
    (to: number): MetafileImport => ({
      path: pathOf(data, to),
      kind: isFileOfStyle(module, data.modules[to] as ReportModule) ? 'url-token' : how,
      ...(isExternal(data.modules[to] as ReportModule) && { external: true }),
    });
  const later = [...module.later, ...module.workers];
  return [...module.imports.map(make(kind)), ...later.map(make('dynamic-import'))];
}

/** What is loaded with a bundle, and what may be requested once its page is there; of the bundle that has the page's own module. */
function outputImports(data: ReportData, bundle: number, place: Place): MetafileImport[] {
  const { requests, bundles, pages } = data;
  const own = requests.flatMap(({ module }, index) =>
    data.modules[module]?.bundle === bundle ? [index] : [],
  );
  const at = (each: number, kind: MetafileImport['kind']): MetafileImport => ({
    path: place((bundles[each] as ReportBundle).served),
    kind,
  });
  const now = own.flatMap((index) => [
    ...(requests[index]?.bundles ?? []),
    ...pages.filter(({ request }) => request === index).flatMap((page) => page.bundles),
  ]);
  const next = own.flatMap((index) => requests[index]?.next ?? []);
  const later = next.flatMap((index) => requests[index]?.bundles ?? []).filter((each) => !now.includes(each));
  const others = (list: readonly number[]): number[] => [...new Set(list)].filter((each) => each !== bundle);
  return [
    ...others(now).map((each) => at(each, 'import-statement')),
    ...others(later).map((each) => at(each, 'dynamic-import')),
  ];
}

function outputOf(data: ReportData, bundle: number, place: Place): MetafileOutput {
  const { raw, modules } = data.bundles[bundle] as ReportBundle;
  const entry = [...data.pages, ...data.requests.map((_, request) => ({ request }))]
    .map(({ request }) => data.requests[request]?.module as number)
    .find((module) => data.modules[module]?.bundle === bundle);
  const sizes = modules.map((index): [string, { bytesInOutput: number }] => [
    pathOf(data, index),
    { bytesInOutput: (data.modules[index] as ReportModule).size },
  ]);
  return {
    bytes: raw,
    inputs: Object.fromEntries(sizes),
    imports: outputImports(data, bundle, place),
    exports: [],
    ...(entry !== undefined && { entryPoint: pathOf(data, entry) }),
  };
}

/**
 * Makes the metafile. Modules of which nothing is needed are inputs as well, of no output.
 * @param directory that bundles are written to, relative to the root
 */
export function makeMetafile(data: ReportData, directory: string): Metafile {
  const place: Place = (served) => posix.join(directory.replaceAll('\\', '/'), served);
  const inputs = [...data.modules.keys()].map((index): [string, MetafileInput] => {
    const module = data.modules[index] as ReportModule;
    const format = module.kind === 'esm' || module.kind === 'cjs' ? { format: module.kind } : {};
    return [pathOf(data, index), { bytes: module.source, imports: importsOf(data, module), ...format }];
  });
  const files = data.assets.map(({ served, raw }): [string, MetafileOutput] => [
    place(served),
    { bytes: raw, inputs: {}, imports: [], exports: [] },
  ]);
  const bundles = data.bundles.map(({ served }, index): [string, MetafileOutput] => [
    place(served),
    outputOf(data, index, place),
  ]);
  const alone = (data.standalone ?? []).map(({ served, raw, modules }): [string, MetafileOutput] => {
    const own = modules.map(({ module, size }) => [pathOf(data, module), { bytesInOutput: size }] as const);
    return [place(served), { bytes: raw, inputs: Object.fromEntries(own), imports: [], exports: [] }];
  });
  return {
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries([...bundles, ...files, ...alone]),
  };
}
