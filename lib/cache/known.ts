/** Modules as a memory has them. */

import type { Missing } from '../check/missing';
import { isSameList } from '../core/again';
import type { ModuleText } from '../draft';
import type { Stamp } from '../fs/stamps';
import type { Module } from '../model';
import { fileOf } from '../module-path';

/** A module as it came through the loop. */
export interface Known {
  module: Module;
  text: ModuleText;
  missing: Missing[];
  /** What the file was when it was read; absent when the contents were given, or the module is on no disk. */
  stamp?: Stamp;
  /** What the files were that transforms have made it of besides, when it had come through. */
  stamps?: ReadonlyMap<string, Stamp>;
  /** Contents that were written into the pack. */
  given?: Buffer;
  /** Nobody asked for it: a transform added it. */
  isExtra: boolean;
  /** An earlier process learned it. */
  isRestored?: boolean;
  /** Which state of the directories its references were resolved in. */
  generation?: number;
}

/** A module that a build wants. */
export interface Asked {
  path: string;
  file?: { contents: unknown } | undefined;
}

/** Whether a text makes the module that another one has made. What a map tells is not compared: such texts are read again. */
export const isSameInput = (before: ModuleText, now: ModuleText): boolean =>
  before.text === now.text &&
  before.fileName === now.fileName &&
  before.isDamaged === now.isDamaged &&
  isSameList(before.dependencies ?? [], now.dependencies ?? []) &&
  before.map === undefined &&
  now.map === undefined;

/** Modules by path. */
export class KnownModules {
  private readonly known = new Map<string, Known>();
  /** By file, paths of the modules that are made from it, or by transforms of it and others, besides the file itself. */
  private readonly instances = new Map<string, Set<string>>();
  /** Modules with references that mean nothing, and those that nobody asked for. */
  private readonly incomplete = new Set<string>();
  private readonly extra = new Set<string>();
  /** Modules made of files that nobody has told of. */
  readonly open = new Set<string>();

  get size(): number {
    return this.known.size;
  }

  has(path: string): boolean {
    return this.known.has(path);
  }

  get(path: string): Known | undefined {
    return this.known.get(path);
  }

  all(): Iterable<Known> {
    return this.known.values();
  }

  paths(): string[] {
    return [...this.known.keys()];
  }

  set(known: Known): void {
    const { path } = known.module;
    this.forgetFiles(path);
    this.known.set(path, known);
    mark(this.incomplete, path, known.missing.length > 0);
    mark(this.extra, path, known.isExtra);
    mark(this.open, path, known.text.isOpen === true);
    for (const file of filesOf(known))
      this.instances.set(file, (this.instances.get(file) ?? new Set()).add(path));
  }

  private forgetFiles(path: string): void {
    const known = this.known.get(path);
    for (const file of known ? filesOf(known) : []) {
      const instances = this.instances.get(file);
      instances?.delete(path);
      if (instances?.size === 0) this.instances.delete(file);
    }
  }

  delete(path: string): void {
    this.forgetFiles(path);
    this.known.delete(path);
    this.incomplete.delete(path);
    this.extra.delete(path);
    this.open.delete(path);
  }

  clear(): void {
    for (const each of [this.known, this.instances, this.incomplete, this.extra, this.open]) each.clear();
  }

  /** Whether a module is made from the file. */
  isMade(file: string): boolean {
    return this.known.has(file) || this.instances.has(file);
  }

  /** Paths of the modules that are made from a file, known or not. */
  modulesOf(file: string): string[] {
    return [file, ...(this.instances.get(file) ?? [])];
  }

  /** Paths of the modules that are made from any of some files. */
  madeFrom(isMeant: (file: string) => boolean): string[] {
    const besides = [...this.instances].flatMap(([file, paths]) => (isMeant(file) ? [...paths] : []));
    return [...this.paths().filter(isMeant), ...besides];
  }

  /** Modules with references that mean nothing: they may mean something at any time. */
  incompletes(): Known[] {
    return [...this.incomplete].map((path) => this.known.get(path) as Known);
  }

  /** The modules that transforms added. */
  extras(): Known[] {
    return [...this.extra].map((path) => this.known.get(path) as Known);
  }
}

/** Files that a module is made from, but one that it is called like. */
const filesOf = ({ module: { path, dependencies = [] } }: Known): string[] =>
  [fileOf(path), ...dependencies].filter((file) => file !== path);

function mark(set: Set<string>, path: string, isIn: boolean): void {
  if (isIn) set.add(path);
  else set.delete(path);
}
