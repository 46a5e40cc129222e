/**
 * Releases and their texts in a key-value storage that several builders may use at once.
 *
 *     texts:<version>                the text with that version
 *     releases:<id>                  a manifest, see manifest.ts
 *     pending:<id>                   a manifest whose texts are being written
 *     removed:<version>.<remover>    a copy of a text that is being removed
 *
 * Every value is checked against the hash in its key when it is read: what is damaged or half written counts as absent, and
 * the next builder that has it writes it again.
 *
 * NOTHING THAT A RELEASE REFERS TO IS LOST, whoever builds at once and whoever dies. A *builder* announces its manifest as
 * pending, then writes the texts that are not there, then the manifest. A *remover* copies a text, deletes it, then reads all
 * manifests, the pending ones too, and puts the text back if one refers to it. Of announcing and reading the manifests
 * one comes last: if it is the reading, the remover puts the text back; if it is announcing, the text has been deleted before,
 * and the builder writes it. A remover that dies leaves its
 * copies, which count as texts until the next one settles them; each has copies of its own, since what one no longer needs
 * may be all that another leaves.
 */
import { randomUUID } from 'node:crypto';
import { sha256InParts } from '../hash';
import {
  byAge,
  isSameContent,
  isWhole,
  type Release,
  type ReleaseContent,
  readManifest,
  versionsOf,
  writeManifest,
} from './manifest';
import { bytesOf, mapSome, type Storage } from './storage';

const isPresent = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** The version in the key of a text or of a copy. */
const versionIn = (key: string): string => /^\w+:([^.]*)/.exec(key)?.[1] ?? '';

export class ReleaseStore {
  /** Keys of manifests that were not as they were written when they were read last. */
  private readonly broken = new Set<string>();
  /** Versions that were asked for in vain. */
  private readonly lost = new Set<string>();

  constructor(private readonly storage: Storage) {}

  /** All releases, oldest first. */
  list(): Promise<Release[]> {
    return this.manifests('releases');
  }

  /**
   * All that there will be once a release is recorded, which it may be already.
   * @param keep how many stay besides it
   */
  async listWith(content: ReleaseContent, keep: number): Promise<Release[]> {
    const releases = await this.list();
    const latest = releases.at(-1);
    if (latest === undefined || !isSameContent(latest, content)) {
      const number = (latest?.number ?? 0) + 1;
      releases.push({ id: writeManifest(number, content).id, number, ...content });
    }
    return releases.slice(-keep - 1);
  }

  /** The text with a version, or `undefined` when it is not there as it was written. */
  async text(version: string): Promise<string | undefined> {
    const bytes = await this.bytes(version);
    if (bytes === undefined) this.lost.add(version);
    return bytes?.toString();
  }

  /** The same as bytes. */
  async bytes(version: string): Promise<Buffer | undefined> {
    return (await this.read(`texts:${version}`)) ?? this.readRemoved(version);
  }

  /**
   * Keys of what was asked for and is not there as it was written: manifests, and texts that releases refer to. What another builder is about to write
   * or to remove is none of it.
   */
  async findDamage(): Promise<string[]> {
    if (this.broken.size + this.lost.size === 0) return [];
    const needed = versionsOf(await this.list());
    const lost = [...this.lost].filter((version) => needed.has(version));
    const found = await mapSome(lost, async (version) => (await this.bytes(version)) ?? `texts:${version}`);
    return [...this.broken, ...found.filter((each) => typeof each === 'string')].sort();
  }

  /**
   * Adds a release, unless it is the newest one already, and removes those that are too old.
   * @param texts by version, all that the release refers to
   * @param keep how many releases stay besides the newest
   */
  async record(
    content: ReleaseContent,
    texts: ReadonlyMap<string, string | Buffer>,
    keep: number,
  ): Promise<void> {
    const latest = (await this.list()).at(-1);
    if (latest && isSameContent(latest, content)) await this.writeTexts(texts);
    else await this.add((latest?.number ?? 0) + 1, content, texts);
    await this.prune(keep + 1);
  }

  /** Removes all releases but the newest, and the texts that none of these refers to. */
  async prune(count: number): Promise<void> {
    await this.settleRemoved();
    // In this order: one that is being recorded meanwhile is in one of the two, if not in both.
    const pending = await this.manifests('pending');
    const releases = await this.list();
    const kept = releases.slice(-count);
    await mapSome(releases.slice(0, -count), ({ id }) => this.storage.removeItem(`releases:${id}`));
    const isAbandoned = ({ number }: Release): boolean => number < (kept[0]?.number ?? 0);
    await mapSome(pending.filter(isAbandoned), ({ id }) => this.storage.removeItem(`pending:${id}`));
    const needed = versionsOf([...kept, ...pending.filter((release) => !isAbandoned(release))]);
    const versions = (await this.storage.getKeys('texts')).map(versionIn);
    await this.remove(versions.filter((version) => !needed.has(version)));
  }

  private async manifests(place: 'releases' | 'pending'): Promise<Release[]> {
    const found = await mapSome(await this.storage.getKeys(place), async (key) => {
      const bytes = bytesOf(await this.storage.getItemRaw(key));
      const release = bytes && readManifest(key, bytes);
      // One of another format is whole, and not read.
      if (bytes === undefined || release || isWhole(key, bytes)) this.broken.delete(key);
      else this.broken.add(key);
      return release;
    });
    return found.filter(isPresent).sort(byAge);
  }

  /** The bytes of a key that holds their hash, if they are whole. */
  private async read(key: string): Promise<Buffer | undefined> {
    const bytes = bytesOf(await this.storage.getItemRaw(key));
    return bytes && (await sha256InParts(bytes)) === versionIn(key) ? bytes : undefined;
  }

  /** A text that is being removed. It may have been put back meanwhile. */
  private async readRemoved(version: string): Promise<Buffer | undefined> {
    const keys = await this.storage.getKeys('removed');
    const key = keys.find((each) => versionIn(each) === version);
    return (key && (await this.read(key))) || this.read(`texts:${version}`);
  }

  private async add(
    number: number,
    content: ReleaseContent,
    texts: ReadonlyMap<string, string | Buffer>,
  ): Promise<void> {
    const { id, bytes } = writeManifest(number, content);
    await this.storage.setItemRaw(`pending:${id}`, bytes);
    await this.writeTexts(texts);
    await this.storage.setItemRaw(`releases:${id}`, bytes);
    await this.storage.removeItem(`pending:${id}`);
  }

  /** Writes the texts that are not there. */
  private async writeTexts(texts: ReadonlyMap<string, string | Buffer>): Promise<void> {
    await mapSome([...texts], ([version, text]) =>
      this.restore(version, typeof text === 'string' ? Buffer.from(text) : text),
    );
  }

  private async restore(version: string, bytes: Buffer): Promise<void> {
    const key = `texts:${version}`;
    if (!(await this.read(key))) await this.storage.setItemRaw(key, bytes);
  }

  private async remove(versions: readonly string[]): Promise<void> {
    if (versions.length === 0) return;
    const remover = randomUUID();
    const copies = new Map<string, Buffer>();
    await mapSome(versions, async (version) => {
      const bytes = await this.read(`texts:${version}`);
      // What is not whole by now may be by the time it would be deleted.
      if (bytes === undefined) return;
      const copy = `removed:${version}.${remover}`;
      await this.storage.setItemRaw(copy, bytes);
      copies.set(copy, bytes);
      await this.storage.removeItem(`texts:${version}`);
    });
    await this.settle(copies);
  }

  /**
   * Ends removals of others, who may have died: their copies are all that is left then. The copy of a text that is still
   * there stays: its remover may be about to delete the text.
   */
  private async settleRemoved(): Promise<void> {
    const keys = await this.storage.getKeys('removed');
    if (keys.length === 0) return;
    const copies = new Map<string, Buffer>();
    await mapSome(keys, async (key) => {
      const bytes = await this.read(key);
      if (bytes && !(await this.read(`texts:${versionIn(key)}`))) copies.set(key, bytes);
    });
    await this.settle(copies);
  }

  /** Puts back what a release refers to by now, and forgets the copies. */
  private async settle(copies: ReadonlyMap<string, Buffer>): Promise<void> {
    const needed = versionsOf([...(await this.manifests('pending')), ...(await this.list())]);
    await mapSome([...copies], async ([key, bytes]) => {
      if (needed.has(versionIn(key))) await this.restore(versionIn(key), bytes);
      await this.storage.removeItem(key);
    });
  }
}
