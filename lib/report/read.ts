/** The data of an earlier report, from either of its forms. */
import { isFile, readTextIfFile } from '../fs/files';
import type { ReportData } from './data';
import { noReport } from './failures';

const isReport = (value: unknown): value is ReportData => {
  const { version, bundles, modules, pages } = (value ?? {}) as Partial<ReportData>;
  return version === 1 && [bundles, modules, pages].every(Array.isArray);
};

const EMBEDDED = /<script type="application\/json" id="data">([^<]*)<\/script>/;

/** @returns `undefined` where there is no file, or none of ours */
export function readReport(path: string): ReportData | undefined {
  const text = readTextIfFile(path);
  if (text === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(EMBEDDED.exec(text)?.[1] ?? text);
    return isReport(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the user wants a report compared with; nothing where there is no such file, as before the first report.
 * @throws NO_REPORT where it is something else
 */
export function readEarlier(path: string): ReportData | undefined {
  const data = readReport(path);
  if (data === undefined && isFile(path)) throw noReport(path);
  return data;
}
