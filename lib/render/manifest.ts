/** What a server needs that prints its own tags. */
import { patchPath } from './served';
import {
  bundlesOf,
  earlyHints,
  type LoaderConfig,
  loaderConfig,
  type ServedBundle,
  type SnippetContext,
  stylesOf,
} from './snippet';

/** A script's URL, prefix included, and what to check it against. */
interface ManifestScript {
  /** Prefix included. */
  url: string;
  /** What to check it against, where integrity was asked for. */
  integrity?: string;
  /** With updates: base64url of the SHA-256. */
  version?: string;
  /** With updates: bytes of the file as it is, not compressed. */
  size?: number;
  /** With updates: what makes it of older ones, `from`, `url` and `size` of each patch. That size is bytes after brotli. */
  patches?: ManifestPatch[];
}

/** What makes the script of older ones. */
interface ManifestPatch {
  /** Versions of the older ones, in order. */
  from: string[];
  url: string;
  /** Bytes after brotli. */
  size: number;
}

interface ManifestEntry {
  /** What its page starts with, in any order. */
  scripts: ManifestScript[];
  /** Its styles in their order, if there are any. */
  styles?: ManifestScript[];
  /** What the loader has to know: with `loader: 'file'`, JSON for the attribute `data-dynapack` of its script. */
  config: LoaderConfig;
  /** Values of `Link` headers for 103 Early Hints. */
  earlyHints: string[];
}

/** Contents of `manifest.json`. */
interface Manifest {
  /** Entry name → what its page starts with. */
  entries: Record<string, ManifestEntry>;
  /** Root id → names of the bundles that a request for it must have. */
  roots: Record<string, string[]>;
  /** Bundle name → where it is served. */
  bundles: Record<string, ManifestScript>;
  /** Asset name → its URL, prefix included; absent where there are none. */
  assets?: Record<string, { url: string }>;
  /** Name of each script that stands alone → where it is served; absent where there are none. */
  standalone?: Record<string, ManifestScript>;
  /** The loader's own file, when it has one. */
  loader?: ManifestScript;
}

function script({ served, integrity, update }: ServedBundle, prefix: string): ManifestScript {
  const plain = { url: prefix + served, ...(integrity !== undefined && { integrity }) };
  if (update === undefined) return plain;
  const { version, size, patches } = update;
  const listed = patches.map((patch) => ({
    from: patch.from,
    url: prefix + patchPath(patch),
    size: patch.size,
  }));
  return { ...plain, version, size, patches: listed };
}

export function renderManifest(context: SnippetContext): Manifest {
  const { metadata, served, prefix, loader, assets, alone } = context;
  const scriptOf = (bundle: string): ManifestScript => script(served.get(bundle) as ServedBundle, prefix);
  const entries = Object.keys(metadata.entries).map((name) => {
    const scripts = bundlesOf(name, context).map(scriptOf);
    const styles = stylesOf(name, context).map(scriptOf);
    const config = loaderConfig(name, context);
    const hints = earlyHints(name, context);
    return [name, { scripts, ...(styles.length > 0 && { styles }), config, earlyHints: hints }] as const;
  });
  return {
    // Not by assignment: an entry may be called `__proto__`.
    entries: Object.fromEntries(entries),
    roots: metadata.roots,
    bundles: Object.fromEntries(Object.keys(metadata.bundles).map((name) => [name, scriptOf(name)])),
    ...(assets.length > 0 && {
      assets: Object.fromEntries(assets.map(({ name, url }) => [name, { url: prefix + url }])),
    }),
    ...(alone.length > 0 && {
      standalone: Object.fromEntries(alone.map((each) => [each.name, script(each, prefix)])),
    }),
    ...('served' in loader && { loader: script(loader, prefix) }),
  };
}
