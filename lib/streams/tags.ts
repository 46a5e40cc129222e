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
  /** On a File that left the pack: the bundle's name. */
  bundle?: string;
  /** On a File that `patches()` added. */
  patch?: PatchTag;
  /** With `bundle` or `patch`: what tells this pack's from those of another. */
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
