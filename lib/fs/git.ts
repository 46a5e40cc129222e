/** Reads a git repository, without a `git` executable. */
import fs from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { HttpClient } from 'isomorphic-git';
import { isRightVersion, type Peer } from './peer';

type Git = typeof import('isomorphic-git');

/** Earlier ones were not tried. */
export const GIT: Peer = { name: 'isomorphic-git', least: '1.10.0' };

/**
 * The package that reads repositories.
 * @param onMissing gives the error to throw when it is not there, or only in another version
 */
export function loadGit(onMissing: (found: string | undefined) => Error): Git {
  const git = optional(() => require('isomorphic-git') as Git);
  const version = git?.version();
  if (git === undefined || version === undefined || !isRightVersion(version, GIT)) throw onMissing(version);
  return git;
}

const loadHttp = (): HttpClient | undefined =>
  optional(() => require('isomorphic-git/http/node') as { default?: HttpClient } & HttpClient);

function optional<Module>(load: () => Module): Module | undefined {
  try {
    return load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The directory that holds a repository's objects: `.git`, the repository itself when it is bare, or what `.git` names. */
export async function findGitDirectory(directory: string): Promise<string> {
  const dotGit = join(directory, '.git');
  const found = await stat(dotGit).catch(() => undefined);
  if (found === undefined) return directory;
  if (found.isDirectory()) return dotGit;
  const [, target] = /^gitdir: (.+)/.exec(await readFile(dotGit, 'utf8')) ?? [];
  const linked = resolve(directory, target ?? '');
  // A worktree shares the objects and the branches of its repository.
  const common = await readFile(join(linked, 'commondir'), 'utf8').catch(() => '.');
  return resolve(linked, common.trim());
}

/** What a reference may be short for, in git's own order. In a clone, branches are those of its origin. */
const PLACES = ['refs/tags/', 'refs/heads/'];
const CLONE_PLACES = ['refs/tags/', 'refs/remotes/origin/'];
const COMMIT = /^[0-9a-f]{4,40}$/;

/** What git itself lets a reference be called: nothing that leads out of its directory. */
const isReference = (name: string): boolean =>
  /^[\w.@+/-]{1,200}$/.test(name) && !/(?:^|\/)(?:\.|\/|$)|\.\.|\.lock$|\/$/.test(name);

/**
 * Id of what a branch, a tag or the beginning of a commit's id means; `undefined` when there is none. Looks at references only, unless
 * it has to look for a commit.
 * @param known commit that the reference may be the beginning of: nothing is looked for then
 */
export async function resolveId(
  git: Git,
  gitdir: string,
  reference: string,
  isClone: boolean,
  known: string | undefined,
): Promise<string | undefined> {
  if (!isReference(reference)) return undefined;
  const isWhole = reference.startsWith('refs/') || (reference === 'HEAD' && !isClone);
  const places = isClone ? CLONE_PLACES : PLACES;
  for (const ref of isWhole ? [reference] : places.map((place) => place + reference)) {
    const id = await git.resolveRef({ fs, gitdir, ref }).catch(() => undefined);
    if (id !== undefined) return id;
  }
  if (!COMMIT.test(reference)) return undefined;
  if (known?.startsWith(reference)) return known;
  return git.expandOid({ fs, gitdir, oid: reference }).catch(() => undefined);
}

/** The commit with an id, or that a tag with this id, which may be an object of its own, means. */
export const readCommitId = async (git: Git, gitdir: string, id: string): Promise<string | undefined> =>
  (await git.readCommit({ fs, gitdir, oid: id }).catch(() => undefined))?.oid;

/** Why there is nothing to read in a directory; `undefined` when it is a repository that can be read. */
export async function whyUnreadable(gitdir: string): Promise<string | undefined> {
  if ((await stat(join(gitdir, 'HEAD')).catch(() => undefined)) === undefined)
    return 'no git repository is there';
  const config = await readFile(join(gitdir, 'config'), 'utf8').catch(() => '');
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(config)
    ? 'its objects have SHA-256 names, which isomorphic-git cannot read; a repository with SHA-1 names can be read'
    : undefined;
}

/** What a path leads to in a commit: a file; or what is there instead, in words. */
export type Committed = { bytes: Uint8Array } | { obstacle: string };

const LINK = '120000';
const SUBMODULE = '160000';

/**
 * Follows a path through the trees of a commit.
 * @param filepath as git has it: relative to the root, with `/`
 * @returns `undefined` when there is nothing
 * @throws (rejects with) what isomorphic-git says of objects that are missing or damaged
 */
export async function readCommitted(
  git: Git,
  gitdir: string,
  commit: string,
  filepath: string,
): Promise<Committed | undefined> {
  const cache = {};
  const names = filepath.split('/');
  let oid = commit;
  for (const [index, name] of names.entries()) {
    const { tree } = await git.readTree({ fs, gitdir, oid, cache });
    const entry = tree.find(({ path }) => path === name);
    if (entry === undefined) return undefined;
    const path = names.slice(0, index + 1).join('/');
    const isLast = index === names.length - 1;
    if (entry.mode === SUBMODULE) return { obstacle: `'${path}' is a submodule: name its own repository` };
    if (entry.type === 'tree' && isLast) return { obstacle: `'${path}' is a directory` };
    if (entry.type === 'blob') {
      const { blob } = await git.readBlob({ fs, gitdir, oid: entry.oid, cache });
      if (entry.mode === LINK)
        return { obstacle: `'${path}' is a symbolic link to '${Buffer.from(blob)}': name that file` };
      return isLast ? { bytes: blob } : undefined;
    }
    oid = entry.oid;
  }
  return undefined;
}

/**
 * Brings a clone up to date, and makes it first when it is not there. A clone that was not finished is no clone: it is made
 * beside its place.
 */
export async function fetchRemote(git: Git, gitdir: string, url: string): Promise<void> {
  const http = loadHttp();
  if (http === undefined) throw new Error('isomorphic-git/http/node is missing');
  const exists = await stat(join(gitdir, 'HEAD')).catch(() => undefined);
  if (exists) {
    await git.fetch({ fs, http, gitdir, url, tags: true, prune: true });
    return;
  }
  const unfinished = `${gitdir}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await git.clone({ fs, http, dir: unfinished, gitdir: unfinished, url, noCheckout: true });
  await rename(unfinished, gitdir).catch(() => rm(unfinished, { recursive: true, force: true }));
}
