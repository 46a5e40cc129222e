/** A new release and the kept ones → the patches between them. */
import { availableParallelism } from 'node:os';
import { createPool } from '../fs/pool';
import { isPatchable } from '../patch/encode';
import { chooseBases, heldVersions, type Wanted } from './bases';
import { tools } from './compress';
import { common, type Fingerprints, fingerprint } from './fingerprints';
import { type MadePatch, makePatches, type PatchTask } from './make-patches';
import type { Release } from './manifest';
import { mapSome } from './storage';
import type { ReleaseStore } from './store';

/** A text of the new release. */
export interface NewText extends Wanted {
  text: string;
}

/** A patch that a visitor may be sent in place of a text. */
export interface ReleasePatch {
  /** Name of the bundle. */
  name: string;
  /** Version of the text it makes. */
  to: string;
  /** Versions of the texts it is made of, in order. */
  from: string[];
  patch: string;
  /** Bytes after brotli. */
  size: number;
}

/** Old texts by version, with their fingerprints. */
class OldTexts {
  private readonly texts = new Map<string, string>();
  private readonly prints = new Map<string, Fingerprints>();

  /** @param known texts that need not be read */
  constructor(
    private readonly store: ReleaseStore,
    private readonly known: ReadonlyMap<string, string>,
  ) {}

  async load(versions: ReadonlySet<string>): Promise<void> {
    await mapSome([...versions], async (version) => {
      const text = this.known.get(version) ?? (await this.store.text(version));
      if (text !== undefined && isPatchable(text)) this.texts.set(version, text);
    });
  }

  text(version: string): string {
    return this.texts.get(version) as string;
  }

  /** Those of a text that is lost, or that no patch can be made of, are none. */
  printsOf(version: string): Fingerprints {
    const prints = this.prints.get(version) ?? fingerprint(this.texts.get(version) ?? '');
    this.prints.set(version, prints);
    return prints;
  }
}

/** What a thread needs to make the patches of a text; its old texts by version come along. */
function taskFor(
  wanted: NewText,
  releases: readonly Release[],
  olds: OldTexts,
  minGain: number,
): { task: PatchTask; versions: string[] } {
  const prints = fingerprint(wanted.text);
  const found = new Map<string, Uint32Array>();
  const commonWith = (version: string): Uint32Array => {
    const indices = found.get(version) ?? common(prints, olds.printsOf(version));
    found.set(version, indices);
    return indices;
  };
  const choices = releases.map((release) => chooseBases(wanted, prints.length, release, commonWith));
  const versions = [...new Set(choices.flat().flatMap(({ bases }) => bases))];
  const indexed = choices.map((list) =>
    list.map(({ bases, isForAll }) => ({ bases: bases.map((base) => versions.indexOf(base)), isForAll })),
  );
  const texts = versions.map((version) => olds.text(version));
  return { task: { text: wanted.text, olds: texts, releases: indexed, minGain, isHurried: false }, versions };
}

/** Units of all texts from which on it pays to start threads. */
const MANY = 400_000;

/** Units from which on the encoder hurries: half a minute of work. */
const VERY_MANY = 60_000_000;

/** Threads at most: each has an engine of its own, with its memory. */
const MOST_THREADS = 8;

const pool = createPool<PatchTask, MadePatch[]>(
  '#releases/worker',
  Math.min(MOST_THREADS, availableParallelism()),
);

const unitsIn = ({ text, olds }: PatchTask): number =>
  olds.reduce((sum, old) => sum + old.length, text.length);

/**
 * The patches to be had: by bundle in the order of `wanted`, the smallest first.
 * @param wanted the texts to make patches of
 * @param releases what visitors may have
 * @param known texts by version that need not be read from the store
 * @param minGain see `makePatches`
 */
export async function planPatches(
  wanted: readonly NewText[],
  releases: readonly Release[],
  store: ReleaseStore,
  known: ReadonlyMap<string, string>,
  minGain: number,
): Promise<ReleasePatch[]> {
  const open = wanted
    .filter(({ text }) => isPatchable(text))
    .map((each) => ({ each, held: releases.map((release) => heldVersions(each, release)) }))
    .filter(({ held }) => held.some(({ size }) => size > 0));
  const olds = new OldTexts(store, known);
  await olds.load(new Set(open.flatMap(({ held }) => held.flatMap((versions) => [...versions]))));
  const tasks = open
    .map(({ each }) => ({ each, ...taskFor(each, releases, olds, minGain) }))
    .filter(({ versions }) => versions.length > 0);
  const total = tasks.reduce((sum, { task }) => sum + unitsIn(task), 0);
  const make = async (task: PatchTask): Promise<MadePatch[]> =>
    total < MANY ? makePatches(task, tools) : pool.run({ ...task, isHurried: total > VERY_MANY });
  const made = await Promise.all(tasks.map(({ task }) => make(task)));
  return tasks.flatMap(({ each, versions }, index) =>
    (made[index] as MadePatch[]).map(({ bases, patch, size }) => {
      const from = bases.map((base) => versions[base] as string);
      return { name: each.name, to: each.version, from, patch, size };
    }),
  );
}
