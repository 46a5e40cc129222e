/** Samples that are executed: directories `samples/<area>/<name>/` with a `_config.json` and sources. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type dynapack from 'dynapack';

/** An error or a warning. Message and hint are parts of the whole ones, all else is equal. */
export interface Problem {
  code: string;
  /** Relative to the sample. */
  file?: string;
  line?: number;
  column?: number;
  message?: string;
  hint?: string;
}

/** `_config.json`. */
export interface SampleConfig {
  describes: string;
  entries: string[];
  options?: dynapack.Options;
  /** Node runs the same sources and must come to the same; where the build fails, Node must refuse them, too. */
  native?: boolean;
  /** Needs more of a browser than there is without one. */
  browserOnly?: boolean;
  /** What the modules handed to `result()`, in order. */
  expected?: unknown[];
  /** Parts of the messages of errors that nobody catches, in order. By default there are none. */
  uncaught?: string[];
  /** How the build fails. Nothing is run then. */
  error?: Problem;
  /** By default there are none. */
  warnings?: Problem[];
}

export interface Sample extends SampleConfig {
  /** `<area>/<name>`. */
  name: string;
  directory: string;
  /** Absolute paths of the entries. */
  paths: string[];
}

const samples = resolve(__dirname, '../samples');

function readSample(area: string, name: string): Sample {
  const directory = join(samples, area, name);
  const config = JSON.parse(readFileSync(join(directory, '_config.json'), 'utf8')) as SampleConfig;
  const paths = config.entries.map((entry) => join(directory, entry));
  return { ...config, name: `${area}/${name}`, directory, paths };
}

/** Area → its samples. */
export function readSamples(): Record<string, Sample[]> {
  // Those on the first level are compared byte for byte, by samples.test.ts.
  const areas = readdirSync(samples).filter((area) => !existsSync(join(samples, area, '_config.json')));
  return Object.fromEntries(
    areas.map((area) => [area, readdirSync(join(samples, area)).map((name) => readSample(area, name))]),
  );
}
