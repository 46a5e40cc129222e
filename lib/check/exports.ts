/**
 * What exported names mean: ECMA-262, ResolveExport() and GetExportedNames() of 16.2.1.7.2, the other way round. A module gives its
 * names to those that export them on, which give them to others: a name takes one step for each edge that it goes along,
 * circles or not. Where two bindings arrive under one name, it means neither. `client/runtime/exports.ts` does the same in the page.
 */
import { isEsModule } from '../core/es-module';
import { isPlainStyle } from '../core/kinds';
import type { Modules } from '../core/reachable';
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { interopOf } from '../render/references';

/** CommonJS is in play, whose names show at run time. A module that exports the name counts more. */
export const UNKNOWN = Symbol('unknown');
export const AMBIGUOUS = Symbol('ambiguous');

/** A binding is known by its module and its local name, of CommonJS by the name of the property. */
export type Meaning = string | typeof UNKNOWN | typeof AMBIGUOUS;

/** Path of the module that an export comes from, and its name there. */
interface Imported {
  target: string;
  name: string;
}

/** An ES module while names go through it. */
interface Exporter {
  /** What it exports by name: its own bindings, and those of others. */
  own: ReadonlyMap<string, string | Imported>;
  stars: readonly string[];
  names: Map<string, Meaning>;
  /** By name, who exports that on, and as what. */
  takers: Map<string, [taker: Exporter, as: string][]>;
  /** Who has `export *` from it. */
  heirs: Exporter[];
  /** Some star leads to a module whose names nobody knows. */
  isOpen: boolean;
}

/** The exports of ES modules, found when they are asked for. */
export class Exports {
  private readonly exporters = new Map<string, Exporter>();

  /** @param modules those that are not there count as CommonJS */
  constructor(private readonly modules: Modules) {}

  /** What the name means that somebody imports from the module; `undefined` for nothing. */
  meaningOf(path: string, name: string): Meaning | undefined {
    const values = this.valuesOf(path);
    if (values !== undefined && !values.includes(name)) return undefined;
    const exporter = this.exporterOf(path);
    if (exporter === undefined) return UNKNOWN;
    const isUnknown = exporter.isOpen && name !== 'default' && !exporter.own.has(name);
    return exporter.names.get(name) ?? (isUnknown ? UNKNOWN : undefined);
  }

  /** Where modules hand on a name round a circle, so that none of them has it: the paths that it is looked for at, up to one of them again. */
  circleOf(path: string, name: string): string[] | undefined {
    const way = [path];
    const seen = new Set<Imported | string>();
    let own = this.exporterOf(path)?.own.get(name);
    while (own !== undefined && typeof own !== 'string' && !seen.has(own)) {
      seen.add(own);
      way.push(own.target);
      own = this.exporterOf(own.target)?.own.get(own.name);
    }
    return typeof own === 'object' ? way : undefined;
  }

  /** The names that are known of the module, sorted. */
  namesOf(path: string): string[] {
    return this.valuesOf(path) ?? [...(this.exporterOf(path)?.names.keys() ?? [])].sort();
  }

  /** Whether the module is a style without names. */
  isNothing(path: string): boolean {
    const module = this.modules.get(path);
    return module !== undefined && isPlainStyle(module);
  }

  /** All names of a module that is no script; `undefined` for scripts. */
  private valuesOf(path: string): string[] | undefined {
    const module = this.modules.get(path);
    if (module?.asset !== undefined) return ['default'];
    const style = module?.facts.style;
    return style && (style.names === undefined ? [] : ['default', ...Object.keys(style.names)]);
  }

  private readonly isEs = (path: string): boolean => {
    const module = this.modules.get(path);
    return module !== undefined && isEsModule(module);
  };

  /** `undefined` for CommonJS. */
  private exporterOf(path: string): Exporter | undefined {
    return this.exporters.get(path) ?? this.link(path);
  }

  /** Links the module, and all that it exports anything of. None that has been linked before exports anything of these. */
  private link(path: string): Exporter | undefined {
    const fresh = new Map<string, Exporter>();
    const line = [path];
    for (const each of line) {
      if (this.exporters.has(each)) continue;
      const module = this.modules.get(each);
      if (module === undefined || !isEsModule(module)) continue;
      const exporter = toExporter(module, this.isEs);
      this.exporters.set(each, exporter);
      fresh.set(each, exporter);
      line.push(...exporter.stars);
      for (const own of exporter.own.values()) if (typeof own !== 'string') line.push(own.target);
    }
    const all = [...fresh.values()];
    for (const exporter of all) this.giveOwn(exporter);
    for (const exporter of all) this.giveInherited(exporter);
    for (const exporter of all) this.giveUnknown(exporter);
    return fresh.get(path);
  }

  private giveOwn(exporter: Exporter): void {
    for (const [name, own] of exporter.own) {
      if (typeof own === 'string') {
        give(exporter, name, own);
        continue;
      }
      const { takers, names } = this.exporters.get(own.target) as Exporter;
      const others = takers.get(own.name);
      if (others) others.push([exporter, name]);
      else takers.set(own.name, [[exporter, name]]);
      const meaning = names.get(own.name);
      if (meaning !== undefined) give(exporter, name, meaning);
    }
  }

  private giveInherited(exporter: Exporter): void {
    for (const path of exporter.stars) {
      const star = this.exporters.get(path);
      star?.heirs.push(exporter);
      if (star === undefined || star.isOpen) open(exporter);
      star?.names.forEach((meaning, name) => {
        inherit(exporter, name, meaning);
      });
    }
  }

  /** What it exports by name and nobody has, a star to CommonJS may have. */
  private giveUnknown(exporter: Exporter): void {
    for (const [name, own] of exporter.own) {
      if (typeof own === 'string' || exporter.names.has(name)) continue;
      if (this.meaningOf(own.target, own.name) === UNKNOWN) give(exporter, name, UNKNOWN);
    }
  }
}

function give(exporter: Exporter, name: string, given: Meaning): void {
  const { names, takers, heirs } = exporter;
  const known = names.get(name);
  let meaning = given;
  if (known !== undefined) {
    if (known === AMBIGUOUS || known === given || given === UNKNOWN) return;
    if (known !== UNKNOWN) meaning = AMBIGUOUS;
  }
  names.set(name, meaning);
  for (const [taker, as] of takers.get(name) ?? []) give(taker, as, meaning);
  for (const heir of heirs) inherit(heir, name, meaning);
}

function inherit(heir: Exporter, name: string, meaning: Meaning): void {
  if (name !== 'default' && !heir.own.has(name)) give(heir, name, meaning);
}

function open(exporter: Exporter): void {
  if (exporter.isOpen) return;
  exporter.isOpen = true;
  exporter.heirs.forEach(open);
}

/** Path of the module that a request means. */
export const targetOf = (module: Module, syntax: ModuleSyntax, request: number): string =>
  module.targets[syntax.requests[request] as number] as string;

function toExporter(module: Module, isEs: (path: string) => boolean): Exporter {
  const syntax = module.facts.syntax as ModuleSyntax;
  const own = new Map<string, string | Imported>();
  for (const { name, local } of syntax.exports) own.set(name, `${module.path}\n${local ?? '*default*'}`);
  for (const { name, request, imported } of syntax.indirectExports) {
    const target = targetOf(module, syntax, request);
    const isMore = imported !== undefined && isEs(target);
    own.set(name, isMore ? { target, name: imported } : bindingOf(module, target, imported, isEs(target)));
  }
  const stars = new Set(syntax.stars.map((request) => targetOf(module, syntax, request)));
  return { own, stars: [...stars], names: new Map(), takers: new Map(), heirs: [], isOpen: false };
}

/** A namespace, or a property of CommonJS exports: what of these is the default depends on who imports it, and so does the namespace. */
function bindingOf(importer: Module, target: string, name: string | undefined, isEs: boolean): string {
  const interop = isEs || (name ?? 'default') !== 'default' ? '' : interopOf(importer, target);
  return `${target}\n${name ?? '*namespace*'}${interop}`;
}
