/** A file in the commits of a git repository, a local or a remote one. */
import { isAbsolute, join, posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  fetchRemote,
  findGitDirectory,
  GIT,
  loadGit,
  readCommitId,
  readCommitted,
  resolveId,
  whyUnreadable,
} from '../../fs/git';
import { sha256 } from '../../hash';
import type { Asset } from '../assets';
import { invalidAsset, missingPeer, unreadableAsset } from '../failures';
import { FileTexts, textOfBytes } from '../file-texts';
import type { Settings } from '../settings';
import { SingleFlight } from '../single-flight';
import { FileVersion, type Source, type SourceText, typeOf } from './source';

const REMOTE = /^https?:\/\//;
/** Milliseconds for which a clone counts as up to date. */
const FRESH = 60_000;
const SHORT = 11;
/** How the files begin that Git LFS keeps in place of others. */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const WHOLE_COMMIT = /^[0-9a-f]{40}$/;

/** @throws PEER_MISSING */
const gitPackage = () => loadGit((found) => missingPeer(GIT, found, "the source 'git'"));

export class GitSource implements Source {
  private readonly flights = new SingleFlight<void>();
  private readonly fetched = new Map<string, number>();
  /** Asset, file and reference → what was read last, and the id that the reference meant then. Commits do not change. */
  private readonly last = new Map<string, { id: string; found: SourceText }>();
  private readonly workingFiles = new FileTexts();

  constructor(private readonly settings: () => Settings) {}

  async read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    const filename = filenameOf(asset);
    const working = this.settings().dev ? await this.readWorkingFile(asset, filename, reference) : undefined;
    return working ?? this.readCommitted(asset, filename, reference);
  }

  check(asset: Asset): void {
    filenameOf(asset);
    repositoryOf(asset);
  }

  async explain(asset: Asset, reference: string): Promise<string> {
    return `no branch, tag or commit '${reference}' with a file '${filenameOf(asset)}' is in ${this.placeOf(asset)}`;
  }

  private async readCommitted(
    asset: Asset,
    filename: string,
    reference: string,
  ): Promise<SourceText | undefined> {
    const git = gitPackage();
    const repository = repositoryOf(asset);
    const isRemote = REMOTE.test(repository);
    const gitdir = isRemote ? this.cloneOf(repository) : await findGitDirectory(this.absolute(repository));
    const key = JSON.stringify([asset.id, filename, reference]);
    const known = this.last.get(key);
    const resolve = () => resolveId(git, gitdir, reference, isRemote, known?.found.name);
    let id = await resolve();
    if (isRemote && !(id !== undefined && WHOLE_COMMIT.test(reference))) {
      await this.update(asset, gitdir, repository, id !== undefined);
      id = await resolve();
    }
    // Nothing else is read of a repository, which may be large, unless this has changed.
    if (known !== undefined && known.id === id) return known.found;
    const commit = id && (await readCommitId(git, gitdir, id));
    if (id === undefined || commit === undefined) return this.explainNothing(asset, gitdir);
    const found = await this.readFile(git, asset, gitdir, commit, filename);
    // Only what is asked for again and again, with each look at the head.
    if (found && reference === (asset.head ?? 'HEAD')) this.last.set(key, { id, found });
    return found;
  }

  /** @throws UNREADABLE_ASSET when the repository is none, else nothing is to be said but that there is no such version */
  private async explainNothing(asset: Asset, gitdir: string): Promise<undefined> {
    const reason = await whyUnreadable(gitdir);
    if (reason !== undefined) throw unreadableAsset(asset.id, this.placeOf(asset), new Error(reason));
  }

  private async readFile(
    git: ReturnType<typeof loadGit>,
    asset: Asset,
    gitdir: string,
    commit: string,
    filename: string,
  ): Promise<SourceText | undefined> {
    const place = `${this.placeOf(asset)}, commit ${commit.slice(0, SHORT)}`;
    const committed = await readCommitted(git, gitdir, commit, filename).catch((cause: Error) => {
      throw unreadableAsset(asset.id, place, cause);
    });
    if (committed === undefined) return undefined;
    if ('obstacle' in committed) throw unreadableAsset(asset.id, place, new Error(committed.obstacle));
    if (Buffer.from(committed.bytes.subarray(0, LFS_POINTER.length)).toString() === LFS_POINTER) {
      const reason = `'${filename}' is kept by Git LFS, and its contents are not in the repository`;
      throw unreadableAsset(asset.id, place, new Error(reason));
    }
    return new FileVersion(commit, await textOfBytes(committed.bytes, filename), typeOf(filename));
  }

  /** What is being worked on, in place of what is committed: in development, for the head only. */
  private async readWorkingFile(
    asset: Asset,
    filename: string,
    reference: string,
  ): Promise<SourceText | undefined> {
    const repository = repositoryOf(asset);
    if (reference !== (asset.head ?? 'HEAD') || REMOTE.test(repository)) return undefined;
    const file = await this.workingFiles.read(join(this.absolute(repository), filename));
    return file && new FileVersion(file.version.slice(0, SHORT), file, typeOf(filename));
  }

  /** Where the clone of a remote repository is. */
  private cloneOf(repository: string): string {
    return join(this.settings().outputDir, 'git', sha256(repository).slice(0, SHORT));
  }

  /**
   * Brings a clone up to date, once a minute at most. A process waits for that when it asks for the first time, or for what is not
   * there; later on, what is there is served meanwhile, and when the repository cannot be reached.
   */
  private async update(asset: Asset, gitdir: string, url: string, isThere: boolean): Promise<void> {
    const since = this.fetched.get(gitdir);
    if (since !== undefined && performance.now() - since < FRESH) return;
    const fetching = this.flights.run(gitdir, () => this.fetch(gitdir, url));
    try {
      if (isThere && since !== undefined) fetching.catch(() => {});
      else await fetching;
    } catch (cause) {
      if (!isThere) throw unreadableAsset(asset.id, this.placeOf(asset), cause as Error);
    }
  }

  private async fetch(gitdir: string, url: string): Promise<void> {
    await fetchRemote(gitPackage(), gitdir, url);
    this.fetched.set(gitdir, performance.now());
  }

  /** The repository in words. */
  private placeOf(asset: Asset): string {
    const repository = repositoryOf(asset);
    return `the repository ${REMOTE.test(repository) ? repository : this.absolute(repository)}`;
  }

  private absolute(repository: string): string {
    return isAbsolute(repository) ? repository : resolve(this.settings().assetsDir, repository);
  }
}

/** The path as git has it. */
function filenameOf({ id, filename }: Asset): string {
  if (filename === undefined) throw invalidAsset(id, "needs a 'filename' in its repository");
  const path = posix.normalize(filename);
  if (/^(?:\.\.)?\/|^\.\.?$/.test(path))
    throw invalidAsset(id, `needs a 'filename' that is a path in its repository, not '${filename}'`);
  return path;
}

/** A path or a URL of the web. An id such as `owner/name` is a repository of GitHub. */
function repositoryOf({ id, repository }: Asset): string {
  if (repository === undefined) {
    if (/^[\w.-]+\/[\w.-]+$/.test(id)) return `https://github.com/${id}.git`;
    throw invalidAsset(id, "needs a 'repository': a directory or a URL");
  }
  if (repository.startsWith('file:')) return directoryOf(id, repository);
  if (
    !REMOTE.test(repository) &&
    (/^[a-z][a-z\d+.-]+:\/\//i.test(repository) || /^[^/\\]+@[^/\\]+:/.test(repository))
  )
    throw invalidAsset(id, `needs a 'repository' that is a directory or an https: URL, not '${repository}'`);
  return repository;
}

function directoryOf(id: string, url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw invalidAsset(
      id,
      `needs a 'repository' that is a directory, not '${url}': ${(error as Error).message}`,
    );
  }
}
