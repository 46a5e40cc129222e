/** Which assets there are, by id and by alias. */
import { invalidArgument, invalidAsset } from './failures';
import { checkArgument, checkOptions, isRecord, isText, type Rule, type Rules, textList } from './rules';

/** How an asset is registered. What a source takes beyond this is described there. */
export interface AssetOptions {
  /** Name of a source: `asset`, `git`, `npm`, `release` or one of your own. */
  source?: string;
  /** The version that pages get: a version of the source, or what stands for one, such as a branch. */
  head?: string;
  /** The file, as the source understands it. */
  filename?: string;
  /** Another id. */
  alias?: string;
  /** The URL, or the path on the site, that relative references of the style are relative to: of its directory or of itself. */
  base?: string;
  /** `git`: a directory, or the URL of a repository. */
  repository?: string;
  /** `npm`: name of the package. Default: the id. */
  package?: string;
  /** `npm`: a directory of tarballs as `npm pack` names them. */
  tarballs?: string;
  /** Further versions that visitors may ask for and get patches from, such as tags. */
  versions?: readonly string[];
}

export interface Asset extends AssetOptions {
  id: string;
  source: string;
}

const EXAMPLE = "{ source: 'npm' }";
const TEXT: Rule = ['a string that is not empty', isText];

const isBase = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^\/(?![/\\])/.test(value) || (/^https?:\/\//.test(value) && URL.canParse(value)));

const RULES: Rules<AssetOptions> = {
  source: ["the name of a source, such as 'npm'", isText],
  head: TEXT,
  filename: TEXT,
  alias: TEXT,
  base: ["a URL of the web or a path on the site, such as '/css/'", isBase],
  repository: TEXT,
  package: TEXT,
  tarballs: TEXT,
  versions: textList("['v1', 'v2']"),
};

/** An id is printed into scripts and compared with what requests name, so it is short and plain. */
const ID = /^[\w@.:/+~-]{1,200}$/;
/** It stands for a path below the directory of assets, too. */
const OUTWARD = /^\/|(?:^|\/)\.\.?(?:\/|$)/;

export class Assets {
  private readonly registered = new Map<string, AssetOptions>();
  private defaults: AssetOptions & { source: string } = { source: 'asset' };

  /**
   * @param verify is told of the asset before there is one, and throws when its source lacks something
   * @throws INVALID_ASSET, UNKNOWN_OPTION, INVALID_OPTION, and what `verify` throws
   */
  add(id: string, options: AssetOptions, verify: (asset: Asset) => void): void {
    checkArgument('asset()', 'id', id, ['a string', (value) => typeof value === 'string']);
    checkOptions(`asset '${id}'`, options, RULES, EXAMPLE);
    for (const name of [id, ...(options.alias === undefined ? [] : [options.alias])]) {
      checkName(id, name);
      const other = this.get(name);
      if (other && other.id !== id)
        throw invalidAsset(id, `has a name of the asset '${other.id}': '${name}'`);
    }
    const changed = { ...this.registered.get(id), ...given(options) };
    verify({ ...this.defaults, ...changed, id });
    this.registered.set(id, changed);
  }

  /**
   * @param verify is told of the source
   * @throws UNKNOWN_OPTION, INVALID_OPTION, and what `verify` throws
   */
  setDefaults(options: AssetOptions, verify: (source: string) => void): void {
    checkOptions('defaults()', options, RULES, EXAMPLE);
    const changed = { ...this.defaults, ...given(options) };
    verify(changed.source);
    this.defaults = changed;
  }

  /** The asset with an id or an alias. */
  get(name: string): Asset | undefined {
    const options = this.registered.get(name);
    if (options) return { ...this.defaults, ...options, id: name };
    return this.list().find(({ alias }) => alias === name);
  }

  list(): Asset[] {
    return [...this.registered].map(([id, options]) => ({ ...this.defaults, ...options, id }));
  }

  /** Ids and aliases. */
  names(): string[] {
    return this.list().flatMap(({ id, alias }) => (alias === undefined ? [id] : [id, alias]));
  }
}

/** What is not `undefined`. */
const given = <Options extends object>(
  options: Options,
): { [Name in keyof Options]: NonNullable<Options[Name]> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;

function checkName(id: string, name: string): void {
  if (!ID.test(name)) throw invalidAsset(id, 'must have an id of letters, digits and any of @.:/+~-_');
  if (OUTWARD.test(name) || name === '__proto__')
    throw invalidAsset(
      id,
      `must not be called '${name}': no '.', '..' or '/' that leads out, and no __proto__`,
    );
}

/** @throws INVALID_OPTION when these are no options by id */
export function checkAssets(assets: unknown): void {
  const example = "an object such as { jquery: { source: 'npm' } }";
  if (!isRecord(assets)) throw invalidArgument('assets()', "argument 'assets'", example, assets);
  for (const [id, options] of Object.entries(assets)) {
    if (!isRecord(options))
      throw invalidArgument('assets()', `'${id}'`, `an object such as ${EXAMPLE}`, options);
  }
}

/** `'app#1.2'` → the asset's name and the version that is wanted of it. */
export function parseWish(wish: string): { name: string; reference: string } {
  const at = wish.indexOf('#');
  return at < 0
    ? { name: wish, reference: 'HEAD' }
    : { name: wish.slice(0, at), reference: wish.slice(at + 1) || 'HEAD' };
}
