/** Which assets there are, by id and by alias. */
import { unknownOption } from '../errors';
import { invalidAsset } from './failures';

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

const OPTIONS: readonly (keyof AssetOptions)[] = [
  'source',
  'head',
  'filename',
  'alias',
  'repository',
  'package',
  'tarballs',
  'versions',
];

/** An id is printed into scripts and compared with what requests name, so it is short and plain. */
const ID = /^[\w@.:/+~-]{1,200}$/;

export class Assets {
  private readonly registered = new Map<string, AssetOptions>();
  private defaults: AssetOptions & { source: string } = { source: 'asset' };

  /** @throws INVALID_ASSET or UNKNOWN_OPTION */
  add(id: string, options: AssetOptions): void {
    checkOptions(options);
    for (const name of [id, ...(options.alias === undefined ? [] : [options.alias])]) {
      if (!ID.test(name)) throw invalidAsset(id, 'must have an id of letters, digits and any of @.:/+~-_');
      const other = this.get(name);
      if (other && other.id !== id)
        throw invalidAsset(id, `has a name of the asset '${other.id}': '${name}'`);
    }
    this.registered.set(id, { ...this.registered.get(id), ...options });
  }

  /** @throws UNKNOWN_OPTION */
  setDefaults(options: AssetOptions): void {
    checkOptions(options);
    this.defaults = { ...this.defaults, ...options };
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
}

function checkOptions(options: AssetOptions): void {
  const wrong = Object.keys(options).find((name) => !OPTIONS.includes(name as keyof AssetOptions));
  if (wrong !== undefined) throw unknownOption(wrong, OPTIONS);
}

/** `'app#1.2'` → the asset's name and the version that is wanted of it. */
export function parseWish(wish: string): { name: string; reference: string } {
  const at = wish.indexOf('#');
  return at < 0
    ? { name: wish, reference: 'HEAD' }
    : { name: wish.slice(0, at), reference: wish.slice(at + 1) || 'HEAD' };
}
