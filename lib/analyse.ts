/** One file's text → a Module with its dependencies known: parse, then resolve. Reads no module itself. */
import { extname } from 'node:path';
import { DynapackError, esModule, locate } from './errors';
import type { Resolution, Resolve } from './fs/resolve';
import { refusalOf } from './fs/validity';
import { isVirtual } from './fs/virtual';
import type { Missing } from './missing';
import type { Module, ModuleFacts, NodeGlobal } from './model';
import type { ResolvedOptions } from './options';
import { parseFacts } from './parse/facts';
import { jsonModule, normalise } from './parse/source';

/** A module text as it arrives from the disk, a File or a transform. */
export interface ModuleText {
  /** Absolute path at discovery: what the module is known by and what its specifiers are relative to. */
  path: string;
  /** Path after the user's transforms: decides whether it is JSON, and is named in errors. */
  fileName: string;
  text: string;
}

export interface Analysis {
  module: Module;
  missing: Missing[];
}

/** Builtin whose shim provides each global that a module must be required for. */
const shimOf: Partial<Record<NodeGlobal, readonly string[]>> = {
  process: ['_process', 'process'],
  Buffer: ['buffer'],
  setImmediate: ['timers'],
  clearImmediate: ['timers'],
};

const scriptExtensions = new Set(['.js', '.cjs', '.mjs']);

/** What probably went wrong, where it was not a slip in writing JavaScript. */
function syntaxHint({ path, fileName }: ModuleText): string | undefined {
  if (isVirtual(path))
    return "The option 'external' maps each specifier to a global expression: this is one.";
  const extension = extname(fileName);
  if (scriptExtensions.has(extension)) return undefined;
  return `A ${extension || 'file without extension'} reached mods() as it is: splice the transform for it between deps() and mods().`;
}

function isPublished({ path, fileName }: ModuleText): boolean {
  const isInstalled = path.replaceAll('\\', '/').includes('/node_modules/') && !isVirtual(path);
  return isInstalled && scriptExtensions.has(extname(fileName));
}

function parse(input: ModuleText, source: string, options: ResolvedOptions): ModuleFacts {
  try {
    return parseFacts(source, {
      fileName: input.fileName,
      labels: options.labels,
      env: options.env,
      published: isPublished(input),
      refusalOf,
      ...(options.parser && { parser: options.parser }),
    });
  } catch (error) {
    const hint = syntaxHint(input);
    if (!(error instanceof DynapackError) || hint === undefined) throw error;
    throw new DynapackError(error.code, error.message, { ...error, hint, cause: error });
  }
}

function shims(facts: ModuleFacts, path: string, options: ResolvedOptions): Module['shims'] {
  const found: Module['shims'] = {};
  for (const name of facts.nodeGlobals) {
    const shim = shimOf[name]?.map((builtin) => options.builtins[builtin]).find((file) => file !== undefined);
    // A shim that looks for the real thing (`typeof setImmediate`) must not find itself.
    if (shim !== undefined && shim !== path) found[name] = shim;
  }
  return found;
}

/**
 * Parses a module and resolves its references.
 * @throws SYNTAX_ERROR, INVALID_JSON or ES_MODULE with file, line, column and frame
 */
export function analyse(input: ModuleText, options: ResolvedOptions, resolve: Resolve): Analysis {
  const isJson = extname(input.fileName) === '.json';
  const source = isJson ? jsonModule(input.text, input.fileName) : normalise(input.text);
  const facts: ModuleFacts = isJson
    ? { references: [], replacements: [], nodeGlobals: [], moduleSyntax: undefined }
    : parse(input, source, options);
  if (facts.moduleSyntax !== undefined) throw esModule(locate(input.fileName, source, facts.moduleSyntax));
  const resolutions = facts.references.map(({ specifier }) => resolve(specifier, input.path));
  const targets = resolutions.map((resolution) => ('path' in resolution ? resolution.path : undefined));
  const module: Module = {
    path: input.path,
    source,
    facts,
    targets,
    shims: shims(facts, input.path, options),
  };
  return { module, missing: missingOf(module, resolutions) };
}

function missingOf(module: Module, resolutions: readonly Resolution[]): Missing[] {
  return resolutions.flatMap((resolution, index) =>
    'reason' in resolution ? [{ module, index, reason: resolution.reason }] : [],
  );
}
