/** Every warning dynapack gives, one function each, sorted by name. A build goes on with them; an error ends it. */
import { locate } from './errors';
import type { Concern, Module } from './model';
import { shownFile } from './module-path';

export interface BuildWarning {
  /** Stable. */
  code: string;
  message: string;
  /** The module or the directory of the package it is about. */
  path: string;
  /** 1-based. */
  lineNumber?: number;
  /** 1-based. */
  columnNumber?: number;
  /** What to do. */
  hint: string;
}

function at(module: Module, offset: number): Pick<BuildWarning, 'path' | 'lineNumber' | 'columnNumber'> {
  const { lineNumber, columnNumber } = locate(shownFile(module.path), module.source, offset);
  return { path: shownFile(module.path), lineNumber, columnNumber };
}

/** What a build cannot follow in a source, or what fails when it runs. */
export function concernWarning(module: Module, { kind, start, name = '' }: Concern): BuildWarning {
  switch (kind) {
    case 'assignment to an import':
      return assignedImport(module, start, name);
    case 'ensure() without label':
      return unlabelled(module, start);
    case 'import() of an expression':
      return unknownImport(module, start);
    case 'new URL()':
      return unbundledAsset(module, start);
  }
}

function assignedImport(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'ASSIGNED_IMPORT',
    message: `'${name}' is an import, which nothing but its own module can change: this throws a TypeError when it runs`,
    ...at(module, start),
    hint: 'Export a function of that module which changes it, and call that.',
  };
}

export function moduleTwice(path: string): BuildWarning {
  return {
    code: 'MODULE_TWICE',
    message: 'came through mods() twice',
    path,
    hint: 'A transform must pass on each File once; a File of its own needs a path of its own.',
  };
}

function unbundledAsset(module: Module, start: number): BuildWarning {
  return {
    code: 'UNBUNDLED_ASSET',
    message: 'new URL(…, import.meta.url) names a file that is not part of the build',
    ...at(module, start),
    hint: 'Copy the file to the site with gulp, and name the URL it has there.',
  };
}

function unlabelled(module: Module, start: number): BuildWarning {
  return {
    code: 'UNLABELLED',
    message:
      'ensure() is given a string that is no declared dynamic dependency: nothing will be loaded for it',
    ...at(module, start),
    hint: "Write the label behind the string, './part' /*js*/. Transforms may drop comments: in TypeScript, use import().",
  };
}

function unknownImport(module: Module, start: number): BuildWarning {
  return {
    code: 'UNKNOWN_IMPORT',
    message:
      'import() of an expression is left to the browser: which module it means is not known before it runs',
    ...at(module, start),
    hint: 'Write the specifiers as strings, such as cond ? import("./a.js") : import("./b.js").',
  };
}
