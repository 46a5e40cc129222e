/** Memories as bytes, so that a later process has them. */
import { deserialize, serialize } from 'node:v8';
import type { ModuleText } from '../draft';
import type { Content, Listing, Stamp } from '../fs/stamps';
import type { Module, ModuleInput } from '../model';
import type { Known } from './known';

/** What is saved of a module. Its texts are mostly one: each is there once. */
interface SavedModule {
  module: Omit<Module, 'source' | 'input' | 'asset'>;
  text: ModuleText;
  /** Where that is not the text. */
  source: string | undefined;
  /** Its text, where that is not the text, either. */
  input: (Omit<ModuleInput, 'text'> & { text?: string }) | undefined;
  stamp: Stamp;
  /** Where the text is that of an asset. */
  extension: string | undefined;
}

/** What is saved of a memory: modules of the disk all of whose references mean something. */
export interface Saved {
  modules: SavedModule[];
  listings: [string, Listing][];
  manifests: [string, Content][];
}

export function saveModule({ module, text, stamp }: Pick<Known, 'module' | 'text' | 'stamp'>): SavedModule {
  const { source, input, asset, ...rest } = module;
  return {
    module: rest,
    text,
    source: source === text.text ? undefined : source,
    input: input && saveInput(input, text.text),
    stamp,
    extension: asset?.extension,
  };
}

/** @param own text of the module, which need not be saved twice */
function saveInput({ text, ...place }: ModuleInput, own: string): SavedModule['input'] {
  return text === own ? place : { ...place, text };
}

export function restoreModule({ module, text, source, input, stamp, extension }: SavedModule): Known {
  const restored: Module = {
    ...module,
    source: source ?? text.text,
    input: input && { text: text.text, ...input },
    ...(extension !== undefined && { asset: { bytes: text.text, extension } }),
  };
  return { module: restored, text, missing: [], stamp, isExtra: false, generation: 0 };
}

/** Changes when what is saved has another form. */
const FORMAT = 37;

/** What the saved data depends on besides the options. */
const version = `${FORMAT} ${(require('dynapack/package.json') as { version: string }).version} ${process.versions.v8}`;

export function writeVersioned(saved: unknown): Buffer {
  return serialize({ version, saved });
}

/** What was written, or `undefined` when another version wrote it. */
export function readVersioned<Saved>(data: Buffer): Saved | undefined {
  try {
    const found = deserialize(data) as { version: string; saved: Saved };
    return found.version === version ? found.saved : undefined;
  } catch {
    return undefined;
  }
}
