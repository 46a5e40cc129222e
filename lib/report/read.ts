/** The data of an earlier report, from either of its forms. */
import { readTextIfFile } from '../fs/files';
import type { ReportData } from './data';

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
