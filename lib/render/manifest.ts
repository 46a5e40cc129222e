/** What a server needs that prints its own tags. */
import { type LoaderConfig, loaderConfig, type ServedBundle, type SnippetContext } from './snippet';

/** A script's URL, prefix included, and what to check it against. */
export interface ManifestScript {
  url: string;
  integrity?: string;
}

/** Contents of `manifest.json`. */
export interface Manifest {
  /** Entry name → the scripts its page starts with, in any order, and what the loader must be called with. */
  entries: Record<string, { scripts: ManifestScript[]; config: LoaderConfig }>;
  /** Root id → names of the bundles that a request for it must have. */
  roots: Record<string, string[]>;
  /** Bundle name → where it is served. */
  bundles: Record<string, ManifestScript>;
  /** The loader's own file, when it has one. */
  loader?: ManifestScript;
}

function script({ served, integrity }: ServedBundle, prefix: string): ManifestScript {
  return { url: prefix + served, ...(integrity !== undefined && { integrity }) };
}

export function renderManifest(context: SnippetContext): Manifest {
  const { metadata, served, prefix, loader } = context;
  const scriptOf = (bundle: string): ManifestScript => script(served.get(bundle) as ServedBundle, prefix);
  const manifest: Manifest = { entries: {}, roots: metadata.roots, bundles: {} };
  for (const [name, bundles] of Object.entries(metadata.entries)) {
    manifest.entries[name] = { scripts: bundles.map(scriptOf), config: loaderConfig(name, context) };
  }
  for (const bundle of Object.keys(metadata.bundles)) manifest.bundles[bundle] = scriptOf(bundle);
  if ('served' in loader) manifest.loader = script(loader, prefix);
  return manifest;
}
