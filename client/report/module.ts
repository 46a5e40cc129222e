/** All about one module: who asks for it, how pages come to it, why it is where it is, what is kept of it. */
import type { ReportModule } from '../../lib/report/data';
import { chains } from './chain-list';
import type { Context } from './context';
import { coreInWords } from './core';
import { type Child, h, heading, joined, named } from './dom';
import { number, size } from './format';
import { neighbourhood } from './graph';
import { bundleLink, moduleLink, packageLink } from './links';
import { list, listOf, terms } from './lists';
import { copies, moduleSize, type Report, WAYS, type Way } from './report';

const ASKED: Record<Way, string> = {
  imports: 'imports it',
  later: 'may load it later',
  workers: 'starts it as a worker',
};

const ASKS: Record<Way, string> = {
  imports: 'Imports',
  later: 'May load later',
  workers: 'Starts as workers',
};

const KEPT_FOR: Record<NonNullable<ReportModule['keptFor']>, string> = {
  effects: 'Nobody asks for what it exports. It is kept for its effects.',
  entry: 'It is an entry, so all that it exports is kept.',
  require: 'It is asked for by require, so all that it exports is kept.',
  namespace: 'Its namespace is used as a whole, so all that it exports is kept.',
};

export function module({ report, route, measure }: Context): Child[] {
  const index = report.modules.get(route.value);
  if (index === undefined) return [heading('There is no such module'), h('p', {}, named(route.value))];
  const found = report.data.modules[index]!;
  const isThere = found.bundle !== -1;
  return [
    heading('Module ', named(found.name)),
    terms([
      ['Kind', found.kind],
      ['Package', packageLink(report, found.package)],
      ['Other copies of the package', otherCopies(report, found)],
      ['Bundle', isThere ? bundleLink(report, found.bundle) : whereElse(report, index)],
      ['Size in its bundle, raw', size(found.size)],
      [`Size in its bundle, ${measure} by share`, measureOf(report, found, measure)],
      ['Size of its source', size(found.source)],
    ]),
    h('h3', {}, 'How pages come to it'),
    chains(report, [index]),
    h('h3', {}, 'Who asks for it'),
    askers(report, index),
    isThere && coreInWords(report, found.bundle),
    kept(found),
    h('h3', {}, 'What it asks for'),
    asked(report, found),
    h('h3', {}, 'What is around it'),
    neighbourhood(report, index),
  ];
}

/** Of what is in no bundle, where it is, if anywhere. */
function whereElse({ data, importers }: Report, index: number): Child {
  const alone = (data.standalone ?? []).filter(({ modules }) =>
    modules.some(({ module: held }) => held === index),
  );
  if (alone.length > 0)
    return ['none: it is in ', joined(alone.map(({ served }) => named(served))), ', which no page loads'];
  const file = data.assets.find(({ modules }) => modules.includes(index));
  if (file !== undefined) return ['none: it is a file by itself, ', named(file.served)];
  const { kind: own, keptFor } = data.modules[index]!;
  if (own === 'style' && keptFor !== undefined) return 'none: it has no rules of its own';
  const isInStyle = importers.imports[index]!.some((from) => {
    const { kind, bundle } = data.modules[from]!;
    return kind === 'style' && bundle !== -1;
  });
  return isInStyle ? 'none: it is a part of the styles that name it' : 'none: nothing of it is left';
}

const measureOf = (report: Report, found: ReportModule, measure: Context['measure']): Child =>
  measure === 'raw' ? undefined : size(moduleSize(report, found, measure));

function otherCopies(report: Report, { package: own }: ReportModule): Child {
  if (own === undefined) return undefined;
  const others = copies(report).get(report.data.packages[own]!.name);
  if (others === undefined) return undefined;
  return joined(others.filter((each) => each !== own).map((each) => packageLink(report, each)));
}

function askers(report: Report, index: number): Child {
  const ways = WAYS.filter((way) => report.importers[way][index]!.length > 0);
  if (ways.length === 0) return h('p', {}, 'No module.');
  const all = ways.flatMap((way) => report.importers[way][index]!.map((from) => [from, way] as const));
  return list(
    all.map(([from, way]) => () => {
      const isName =
        report.data.modules[from]!.kind === 'style' && report.data.modules[index]!.kind !== 'style';
      return [moduleLink(report, from), isName ? ' names it' : ` ${ASKED[way]}`];
    }),
  );
}

function asked(report: Report, found: ReportModule): Child {
  const ways = WAYS.filter((way) => found[way].length > 0);
  if (ways.length === 0) return h('p', {}, 'For nothing.');
  return ways.map((way) => [h('h4', {}, ASKS[way]), listOf(found[way], (each) => moduleLink(report, each))]);
}

/** What of an ES module is there and what was left out. */
function kept({ exports, statements, keptFor, kind }: ReportModule): Child {
  const names = (title: string, all: readonly string[]): Child => [
    h('h4', {}, `${title}: ${all.length}`),
    all.length > 0 && list(all.map((name) => () => h('code', {}, named(name)))),
  ];
  return h(
    'section',
    { 'aria-labelledby': 'kept' },
    h('h3', { id: 'kept' }, 'What is kept of it'),
    keptFor !== undefined && h('p', {}, KEPT_FOR[keptFor]),
    exports === undefined
      ? h(
          'p',
          {},
          kind === 'esm' ? 'It exports nothing.' : 'All of it: only ES modules lose what nobody needs.',
        )
      : [
          names('Exports that somebody asks for', exports.kept),
          names('Exports left out, for nobody asks for them', exports.dropped),
        ],
    statements !== undefined &&
      terms([
        ['Statements that only declare, kept', number(statements.kept)],
        ['Statements that only declare, left out', number(statements.dropped)],
      ]),
  );
}
