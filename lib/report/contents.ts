/** What the bundles of a build are made of, and the modules' shares of them as they are served. */
import { type Build, heldIn } from '../build';
import type { KnownPatch } from '../render/served';
import type { Sizes } from './data';
import { type Slice, sliceBundle } from './slices';

/** What has become of a bundle or an asset. */
export interface ServedFile {
  /** Its name, without the prefix. */
  served: string;
  /** base64url of the SHA-256 of its bytes. */
  version: string;
  sizes: Sizes;
  /** Bytes of each of its parts, see `partsOf`; none of assets. */
  parts: readonly number[];
}

/** A patch, with its bytes after brotli as a server has it that compresses once; `size` is what patches are chosen by. */
export interface ServedPatch extends KnownPatch {
  brotli: number;
}

/** A module, or a piece of a style, in a bundle. */
interface BundlePart extends Slice {
  path: string;
}

/** The parts of each bundle, by its name, in the order in which they are written. */
export function partsOf(build: Build): Map<string, BundlePart[]> {
  const { files, rendered, joined, styleBundles, scriptsAlone } = build;
  const scripts = files.map((name, index): [string, BundlePart[]] => [
    name,
    heldIn(build, rendered, index).map(({ module: { path }, text }) => ({
      path,
      id: joined.names.id(path),
      text,
    })),
  ]);
  const styles = [...styleBundles].map(([name, bundle]): [string, BundlePart[]] => [
    name,
    bundle.rendered.map(({ module, text }) => ({ path: module.path, id: '', text })),
  ]);
  const alone = [...scriptsAlone].map(([name, script]): [string, BundlePart[]] => [
    name,
    script.rendered.map(({ module: { path }, text }) => ({ path, id: script.plan.names.id(path), text })),
  ]);
  return new Map([...scripts, ...styles, ...alone]);
}

/** Gives the bytes of each part of a bundle in the text that it is served with. */
export function createMeasure(build: Build): (name: string, text: string) => number[] {
  const parts = partsOf(build);
  const made = new Map(build.bundles.map(({ name, contents }) => [name, contents]));
  return (name, text) => sliceBundle(text, parts.get(name) ?? [], made.get(name) ?? '');
}
