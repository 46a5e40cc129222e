/** What the command writes and prints besides bundles: the report, and what is made of its data. */
import { relative, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { writeInto } from '../fs/files';
import type { Pack } from '../pack';
import { describeChange } from '../report/compare';
import type { ReportData } from '../report/data';
import { renderDot } from '../report/dot';
import { makeMetafile } from '../report/metafile';
import { renderReport } from '../report/page';
import { readEarlier, readReport } from '../report/read';
import { createTee } from '../streams/tee';
import type { Command } from './arguments';
import { readData } from './data';

/** Whether anything is asked for that is made of the data. */
export const isReported = ({ report, compare, json, metafile, graph }: Command): boolean =>
  json || [report, compare, metafile, graph].some((path) => path !== undefined);

/** The data, of the Files that pass the tee. */
export function startReport(pack: Pack): { tee: Duplex; data: Promise<ReportData> } {
  const stream = pack.report({ json: true });
  const tee = createTee(stream) as unknown as Duplex;
  const data = readData(stream);
  // What fails fails the tee, and all with it.
  data.catch((error) => tee.destroy(error as Error));
  return { tee, data };
}

/** Writes what is asked for. */
export function finishReport(
  data: ReportData,
  { report, compare, metafile, graph, output }: Command,
): { data: ReportData; change?: string } {
  const replaced = report === undefined ? undefined : readReport(report);
  const before = compare === undefined ? replaced : readEarlier(compare);
  const json = (value: unknown): string => `${JSON.stringify(value)}\n`;
  if (report !== undefined)
    writeInto(resolve(report), report.endsWith('.json') ? json(data) : renderReport(data, before));
  if (metafile !== undefined)
    writeInto(resolve(metafile), json(makeMetafile(data, relative(process.cwd(), resolve(output)))));
  if (graph !== undefined) writeInto(resolve(graph), renderDot(data));
  if (before) return { data, change: describeChange(before, data) };
  return compare === undefined ? { data } : { data, change: `There is no ${compare} to compare with.\n` };
}
