import { invalidOptions } from '../errors';
import { isReleasesPlace } from '../releases/open';
import type { Storage } from '../releases/storage';
import { checkOptions, isBoolean, isRecord, type Rules } from './rules';

/** What `pack.report(options)` takes. */
export interface ReportOptions {
  /** Name of the File. Default `report.html`, with `json` `report.json`. */
  file?: string;
  /** The data alone, in place of the page. Default `false`. */
  json?: boolean;
  /** Where releases are kept, to tell what their visitors download. Default: where `patches()` of this pack keeps them. */
  releases?: string | Storage;
  /** Whether sizes after gzip and brotli are measured, which takes a second or two per megabyte. Without them, nothing is told of releases either. Default `true`. */
  compress?: boolean;
  /** Path of an earlier report, of either kind, to compare with. Where there is none yet, nothing is compared. */
  compare?: string;
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';

const reportRules: Rules<ReportOptions> = {
  file: ['the name of a file', isName],
  json: ['a boolean', isBoolean],
  compress: ['a boolean', isBoolean],
  releases: ['a directory or a Storage of unstorage', isReleasesPlace],
  compare: ['the path of an earlier report', isName],
};

/**
 * Checks what `report()` was given, and fills in the defaults.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolveReportOptions(
  options: ReportOptions = {},
): ReportOptions & Required<Pick<ReportOptions, 'file' | 'json'>> {
  if (!isRecord(options)) throw invalidOptions('report()', options, '{ json: true }');
  checkOptions('report()', options, reportRules);
  const json = options.json ?? false;
  return { ...options, json, file: options.file ?? (json ? 'report.json' : 'report.html') };
}
