/** What every bundler is for programs of styles. */
import { ENTRIES } from '../program';

export interface Job {
  /** Directory of this project: bundlers are loaded from it. */
  project: string;
  /** Directory of the program. */
  directory: string;
  /** Where bundles go. */
  output: string;
}

export interface Built {
  /** Entry → its page. Bundles are served under `/`. */
  pages: Record<string, string>;
  /** How often the order of styles was warned of. */
  warnings: number;
}

/** Builds as for production, but minifies nothing. */
export type Bundler = (job: Job) => Promise<Built>;

/** The same for all bundlers but for what they want in the head. */
export const pageWith = (head: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Styles</title><link rel="icon" href="data:,">${head}</head><body></body></html>`;

/** @param headOf what an entry's page has in its head */
export const pagesWith = (headOf: (entry: string) => string): Record<string, string> =>
  Object.fromEntries(ENTRIES.map((entry) => [entry, pageWith(headOf(entry))]));

export const styleTag = (file: string): string => `<link rel="stylesheet" href="/${file}">`;
