/**
 * How Files are recognised after users' plugins renamed or cloned them. vinyl's clone() copies string
 * properties but not symbols, so a tag is a string property.
 */
import type File = require('vinyl');

import type { KnownPatch } from '../render/served';

/** What is known of a patch File. */
interface PatchTag extends KnownPatch {
  /** Name of the bundle that it makes. */
  bundle: string;
}

interface Tag {
  /** On a File between deps() and mods(): the path the module is known by. */
  module?: string;
  /** On such a File, where what a transform makes of it may depend on other files: its contents. */
  source?: Buffer;
  /** On a File that left the pack: the bundle's name. */
  bundle?: string;
  /** On such a File: the version of its text when `patches()` has recorded it. */
  recorded?: string;
  /** On such a File: it runs without the others, and without a snippet. */
  isAlone?: boolean;
  /** On a File that left the pack with it: the asset's name. */
  asset?: string;
  /** On a File that `patches()` added. */
  patch?: PatchTag;
  /** On a File that left `scripts()`: which output of the pack it is. */
  script?: string;
  /** With `bundle`, `asset`, `patch` or `script`: what tells this pack's from those of another. */
  pack?: string;
}

interface Tagged {
  dynapack?: Tag;
}

export function setTag<T extends File>(file: T, tag: Tag): T {
  (file as Tagged).dynapack = tag;
  return file;
}

export const tagOf = (file: File): Tag => (file as Tagged).dynapack ?? {};

/** What bundles and assets are known by as outputs of their pack. */
export const BUNDLES = 'bundles';

/**
 * What an output of a pack is known by on its way.
 * @param outlet stands for the stream of the pack that it comes out of
 */
export const outputId = (outlet: string, name: string): string => `${outlet} ${name}`;

/** Which output of a pack a File belongs to, if any. */
export function outputOf(file: File, pack: string): string | undefined {
  const tag = tagOf(file);
  if (tag.pack !== pack) return undefined;
  const name = tag.bundle ?? tag.asset ?? tag.patch?.bundle;
  return name === undefined ? tag.script : outputId(BUNDLES, name);
}
