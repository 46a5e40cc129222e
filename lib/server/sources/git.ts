/** A file in the commits of a git repository, a local or a remote one. */
import { isAbsolute, join, resolve } from 'node:path';
import { fetchRemote, findGitDirectory, GIT, loadGit, readBlob, resolveCommit } from '../../fs/git';
import { decodeText, readServedText } from '../../fs/served';
import { sha256 } from '../../hash';
import type { Asset } from '../assets';
import { invalidAsset, missingPeer } from '../failures';
import type { Settings } from '../settings';
import { SingleFlight } from '../single-flight';
import { type Source, type SourceText, typeOf } from './source';

const REMOTE = /^https?:\/\//;
/** Milliseconds for which a clone counts as up to date. */
const FRESH = 60_000;
const SHORT = 11;
const WHOLE_COMMIT = /^[0-9a-f]{40}$/;

/** @throws MISSING_PEER */
const gitPackage = () => loadGit((found) => missingPeer(GIT, found, "the source 'git'"));

export class GitSource implements Source {
  private readonly flights = new SingleFlight<void>();
  private readonly fetched = new Map<string, number>();
  /** Asset, file and reference → what was read last. Commits do not change. */
  private readonly last = new Map<string, SourceText>();

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
    const repository = repositoryOf(asset);
    const place = REMOTE.test(repository) ? repository : this.absolute(repository);
    return `no branch, tag or commit '${reference}' with a file '${filenameOf(asset)}' is in ${place}`;
  }

  private async readCommitted(
    asset: Asset,
    filename: string,
    reference: string,
  ): Promise<SourceText | undefined> {
    const git = gitPackage();
    const repository = repositoryOf(asset);
    let gitdir = await this.locate(repository, false);
    const isRemote = REMOTE.test(repository);
    let commit = await resolveCommit(git, gitdir, reference, isRemote);
    if (isRemote && !(commit !== undefined && WHOLE_COMMIT.test(reference))) {
      gitdir = await this.locate(repository, true);
      commit = await resolveCommit(git, gitdir, reference, isRemote);
    }
    if (commit === undefined) return undefined;
    const key = JSON.stringify([asset.id, filename, reference]);
    const known = this.last.get(key);
    if (known?.name === commit) return known;
    const bytes = await readBlob(git, gitdir, commit, filename);
    if (bytes === undefined) return undefined;
    const found = { name: commit, text: decodeText(bytes, filename), type: typeOf(filename) };
    // Only what is asked for again and again, with each look at the head.
    if (reference === (asset.head ?? 'HEAD')) this.last.set(key, found);
    return found;
  }

  /** What is being worked on, in place of what is committed: in development, for the head only. */
  private async readWorkingFile(
    asset: Asset,
    filename: string,
    reference: string,
  ): Promise<SourceText | undefined> {
    const repository = repositoryOf(asset);
    if (reference !== (asset.head ?? 'HEAD') || REMOTE.test(repository)) return undefined;
    const text = await readServedText(join(this.absolute(repository), filename));
    return text === undefined
      ? undefined
      : { name: sha256(text).slice(0, SHORT), text, type: typeOf(filename) };
  }

  /** The directory of a repository's objects; of a remote one, that of its clone. */
  private async locate(repository: string, isFetching: boolean): Promise<string> {
    if (!REMOTE.test(repository)) return findGitDirectory(this.absolute(repository));
    const gitdir = join(this.settings().outputDir, 'git', sha256(repository).slice(0, SHORT));
    if (isFetching) await this.flights.run(gitdir, () => this.fetch(gitdir, repository));
    return gitdir;
  }

  private async fetch(gitdir: string, url: string): Promise<void> {
    if (Date.now() - (this.fetched.get(gitdir) ?? Number.NEGATIVE_INFINITY) < FRESH) return;
    await fetchRemote(gitPackage(), gitdir, url);
    this.fetched.set(gitdir, Date.now());
  }

  private absolute(repository: string): string {
    return isAbsolute(repository) ? repository : resolve(this.settings().assetsDir, repository);
  }
}

function filenameOf({ id, filename }: Asset): string {
  if (filename === undefined) throw invalidAsset(id, "needs a 'filename' in its repository");
  return filename;
}

/** An id such as `owner/name` is a repository of GitHub. */
function repositoryOf({ id, repository }: Asset): string {
  if (repository !== undefined) return repository;
  if (/^[\w.-]+\/[\w.-]+$/.test(id)) return `https://github.com/${id}.git`;
  throw invalidAsset(id, "needs a 'repository': a directory or a URL");
}
