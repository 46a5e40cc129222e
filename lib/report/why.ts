/** Why a module, or a package, is where it is, and what would have to change for it to leave a page: in words. */
import type { ReportBundle, ReportData, ReportModule, ReportPage } from './data';
import { showBytes } from './sizes';
import { findSubject, type Subject } from './subject';
import { chainTo, edgesInto, findCut, reachedFrom } from './ways';
import { listWords, moduleName, plural, requestName, showChain, showEdge, showName } from './words';

const bundlesOf = ({ modules }: ReportData, subject: Subject): number[] =>
  [...new Set([...subject.modules].map((index) => modules[index]?.bundle ?? -1))].filter(
    (each) => each !== -1,
  );

/** Where it is, how large it is there, and why no other bundle may have it. */
function describePlaces(data: ReportData, subject: Subject): string[] {
  const alone = (data.standalone ?? []).flatMap(({ served, raw, modules }) => {
    const own = modules.filter(({ module }) => subject.modules.has(module));
    const bytes = own.reduce((sum, { size }) => sum + size, 0);
    const place = `In ${showName(served)}, which stands alone: ${showBytes(bytes)} of ${showBytes(raw)}`;
    return own.length === 0 ? [] : [place];
  });
  const shared = bundlesOf(data, subject).flatMap((index) => {
    const { served, raw, modules } = data.bundles[index] as ReportBundle;
    const own = modules.filter((module) => subject.modules.has(module));
    const bytes = own.reduce((sum, module) => sum + (data.modules[module] as ReportModule).size, 0);
    return [
      `In ${showName(served)}: ${showBytes(bytes)} of ${showBytes(raw)}`,
      `  ${describeBundle(data, data.bundles[index] as ReportBundle)}`,
    ];
  });
  const files = data.assets.flatMap(({ served, raw, modules }) => {
    const isOwn = modules.some((module) => subject.modules.has(module));
    return isOwn ? [`As a file, ${showName(served)}: ${showBytes(raw)}`] : [];
  });
  return [...shared, ...alone, ...files];
}

/** Why it is a bundle of its own. */
function describeBundle(data: ReportData, { group, merged, core }: ReportBundle): string {
  if (group !== undefined) return `it is the group '${showName(group)}' of the option split`;
  if (merged) {
    const early = merged.early.map(
      ({ request, bytes }) => `${requestName(data, request)} ${showBytes(bytes)}`,
    );
    const cost =
      early.length === 0 ? 'nothing comes too early' : `too early come, for ${listWords(early, 4)}`;
    return `${merged.bundles} bundles that the option split has merged: requests fetch ${plural(merged.saved, 'file')} less, and ${cost}`;
  }
  const first = core.map((request) => requestName(data, request));
  return `first needed by ${listWords(first)}, so it cannot share a bundle with what others are the first to need`;
}

const pageName = ({ kind, name }: ReportPage): string =>
  kind === 'worker' ? `worker ${showName(name)}` : showName(name);

/** The bundles that a page starts with and that have it, by their names. */
const mergedInto = ({ bundles, modules }: ReportData, page: ReportPage, subject: Subject): string[] => {
  const holding = new Set([...subject.modules].map((index) => modules[index]?.bundle));
  return page.bundles
    .filter((bundle) => holding.has(bundle))
    .map((bundle) => showName((bundles[bundle] as ReportBundle).served));
};

/** How each page comes to it. */
function describePages(data: ReportData, subject: Subject): string[] {
  const nameOf = (index: number): string => (data.modules[index] as ReportModule).name;
  const lines = data.pages.map((page) => {
    const { module } = data.requests[page.request] as { module: number };
    const now = chainTo(data, module, subject.modules);
    const late = now ?? chainTo(data, module, subject.modules, true);
    const name = pageName(page);
    const chain = late && showChain(late, nameOf);
    const early = now ? [] : mergedInto(data, page, subject);
    if (early.length > 0) {
      const asked = chain === undefined ? 'nothing there asks for it' : `it is asked for later: ${chain}`;
      return `  ${name}, too early, in ${listWords(early)}, which the option split has merged; ${asked}`;
    }
    return chain === undefined ? `  ${name}: never` : `  ${name}, ${now ? 'at once' : 'later'}: ${chain}`;
  });
  const alone = (data.standalone ?? []).flatMap(({ entry, module, modules }) => {
    const chain = chainTo(data, module, subject.modules, true);
    const last = chain?.at(-1)?.module ?? -1;
    // A module that a page has may lead to the shim of `Buffer` there, and not in the script. Styles are nothing in it.
    const isThere = data.modules[last]?.kind === 'style' || modules.some((held) => held.module === last);
    return chain && isThere ? [`  ${showName(entry)}, which stands alone: ${showChain(chain, nameOf)}`] : [];
  });
  return [
    'Pages, with the shortest chain from each (→ at once, ⇒ later, ⇢ as a worker):',
    ...lines,
    ...alone,
  ];
}

/** Modules that come by themselves, by what brings them: no import of these can be changed. */
const BROUGHT: Readonly<Record<string, string>> = {
  'dynapack/virtual/runtime.js':
    'It links ES modules, and comes with the first of them: without any it is not there.',
  'dynapack/virtual/process.js':
    "It comes where code names Node's process: the option define may have values in its place.",
};

function namesAsked({ names, imports, kind }: ReportModule, target: number, { modules }: ReportData): string {
  if (BROUGHT[modules[target]?.name ?? ''] !== undefined) return 'needs';
  if (kind === 'style') return modules[target]?.kind === 'style' ? 'imports' : 'names';
  const asked = names?.[imports.indexOf(target)];
  if (asked === undefined) return 'requires';
  if (asked.length === 0) return 'imports, for its effects,';
  return asked.includes('*') ? 'imports all of' : `imports ${listWords(asked.map(showName))} of`;
}

/** Modules outside of the subject that ask for it. */
function describeAskers(data: ReportData, subject: Subject): string[] {
  const lines = data.modules.flatMap((module, index) => {
    if (subject.modules.has(index)) return [];
    const name = showName(module.name);
    const within = (targets: readonly number[]): number[] =>
      targets.filter((each) => subject.modules.has(each));
    return [
      ...within(module.imports).map(
        (to) => `  ${name} ${namesAsked(module, to, data)} ${moduleName(data, to)}`,
      ),
      ...within(module.later).map((to) => `  ${name} may request ${moduleName(data, to)} later`),
      ...within(module.workers).map((to) => `  ${name} starts ${moduleName(data, to)} as a worker`),
      ...within(module.unneeded ?? []).map(
        (to) => `  ${name} imports ${moduleName(data, to)}, but needs nothing of it`,
      ),
    ];
  });
  return lines.length === 0 ? [] : ['Who asks for it:', ...firstOf(lines)];
}

const MOST = 12;

const firstOf = (lines: readonly string[]): string[] =>
  lines.length <= MOST ? [...lines] : [...lines.slice(0, MOST), `  … and ${lines.length - MOST} more`];

const REASONS = {
  entry: 'a page or a worker starts with it: all of it is kept',
  effects: 'nobody asks for what it exports; it is kept for what it does when it runs',
  require: 'it is required: whatever it exports may be asked for',
  namespace: 'all of its exports may be asked for, by import() or as a namespace',
} as const;

/** What of each module is kept, and why. */
function describeKept(data: ReportData, subject: Subject): string[] {
  const lines = [...subject.modules].flatMap((index) => {
    const module = data.modules[index] as ReportModule;
    const { exports, statements, keptFor, bundle } = module;
    if (bundle === -1 && keptFor === undefined && exports === undefined) return [];
    const kept = exports?.kept.map(showName) ?? [];
    const dropped = exports?.dropped.map(showName) ?? [];
    const parts = [
      keptFor ? REASONS[keptFor] : 'what others ask for is kept',
      ...(kept.length > 0 ? [`exports kept: ${listWords(kept)}`] : []),
      ...(dropped.length > 0 ? [`exports left out: ${listWords(dropped)}`] : []),
      ...(statements && statements.dropped > 0
        ? [`${plural(statements.dropped, 'declaration')} left out of ${statements.kept + statements.dropped}`]
        : []),
    ];
    return [`  ${moduleName(data, index)}: ${parts.join('; ')}`];
  });
  return lines.length === 0 ? [] : ['What of it is kept, and why:', ...firstOf(lines)];
}

/** What would have to change. */
function describeExit(data: ReportData, subject: Subject): string[] {
  const brought = [...subject.modules].flatMap((index) => BROUGHT[data.modules[index]?.name ?? ''] ?? []);
  if (brought.length > 0) return brought;
  const rootOf = ({ request }: ReportPage): number => data.requests[request]?.module as number;
  const isIn = (page: ReportPage): boolean => {
    const reached = reachedFrom(data, rootOf(page));
    return [...subject.modules].some((module) => reached.has(module));
  };
  const pages = data.pages.filter(isIn);
  const early = data.pages.filter((page) => !isIn(page) && mergedInto(data, page, subject).length > 0);
  return [
    ...(pages.length > 0 ? exitFromAll(data, pages, rootOf, subject) : []),
    ...(early.length > 0
      ? [`To leave ${listWords(early.map(pageName))}: have the option split merge less`]
      : []),
  ];
}

/** What would have to change in modules. */
function exitFromAll(
  data: ReportData,
  pages: readonly ReportPage[],
  rootOf: (page: ReportPage) => number,
  subject: Subject,
): string[] {
  const cut = findCut(data, pages.map(rootOf), subject.modules);
  const names = listWords(pages.map(pageName));
  if (cut)
    return [
      `To leave ${names}: one change is enough, since every chain goes through ${showEdge(data, cut)}`,
      ...(isStyle(data, cut.from)
        ? []
        : [
            `  import() in ${moduleName(data, cut.from)} in place of that import has it come when it is asked for`,
          ]),
    ];
  return pages.flatMap((page) => exitFrom(data, page, rootOf(page), subject));
}

/** Styles load nothing later. */
const isStyle = ({ modules }: ReportData, index: number): boolean => modules[index]?.kind === 'style';

function exitFrom(data: ReportData, page: ReportPage, root: number, subject: Subject): string[] {
  const name = pageName(page);
  if (subject.modules.has(root)) return [`To leave ${name}: it cannot, that starts with it`];
  const own = findCut(data, [root], subject.modules);
  if (own) {
    const change = isStyle(data, own.from)
      ? 'without'
      : `import() in ${moduleName(data, own.from)} in place of`;
    return [`To leave ${name}: ${change} ${showEdge(data, own)}`];
  }
  const edges = edgesInto(data, root, subject.modules).map((edge) => `  ${showEdge(data, edge)}`);
  return [`To leave ${name}: no single import is enough; all of these would have to go:`, ...firstOf(edges)];
}

/** What styles name may be a part of them, as `data:` URLs are. */
function describeAbsence({ modules }: ReportData, subject: Subject): string {
  const own = [...subject.modules].map((index) => modules[index] as ReportModule);
  if (own.every(({ kind, keptFor }) => kind === 'style' && keptFor !== undefined))
    return 'In no bundle: it has no rules of its own';
  const isInStyle = modules.some(
    ({ kind, bundle, imports }) =>
      kind === 'style' && bundle !== -1 && imports.some((to) => subject.modules.has(to)),
  );
  return isInStyle
    ? 'In no bundle by itself: it is a part of the styles that name it'
    : 'In no bundle: nothing of it is needed';
}

/** The answer, or what was probably meant where nothing is called so. */
export type Answer = { text: string } | { unknown: string };

/** Answers `dynapack why <name>`. */
export function explainWhy(data: ReportData, name: string): Answer {
  const subject = findSubject(data, name);
  if ('unknown' in subject) return subject;
  const places = describePlaces(data, subject);
  const isIn = places.length > 0;
  const lines = [
    subject.title,
    ...(isIn ? places : [describeAbsence(data, subject)]),
    ...(isIn ? ['', ...describePages(data, subject)] : []),
    ...spaced(describeAskers(data, subject)),
    ...spaced(describeKept(data, subject)),
    ...spaced(describeExit(data, subject)),
  ];
  return { text: `${lines.join('\n')}\n` };
}

const spaced = (lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', ...lines]);
