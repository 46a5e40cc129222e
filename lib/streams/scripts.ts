/** Aliases, manifests and renamed bundle Files in; a snippet per entry, `aliases.json` and `manifest.json` out. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { objectTransform } from 'through2';

import File = require('vinyl');

import type { Outcome } from '../build';
import type { ScriptsMemory, ServedKnown } from '../cache/scripts-memory';
import { integrityUnknown, invalidAlias } from '../errors';
import type { ResolvedOptions, ScriptsOptions } from '../options';
import { Aliases, type Served } from '../render/aliases';
import { renderManifest } from '../render/manifest';
import { renderSnippet, type ServedBundle, type SnippetContext } from '../render/snippet';
import { tagOf } from './tags';

/** Everything that was piped in, sorted out. */
class Inputs implements ServedKnown {
  readonly aliases = new Aliases();
  /** Integrity of the bundle Files that came by, by bundle name, where it is asked for. */
  readonly integrity = new Map<string, string>();

  /** @param pack what the Files of this pack are tagged with */
  constructor(
    private readonly pack: string,
    private readonly hasIntegrity: boolean,
  ) {}

  add(input: unknown): void {
    if (File.isVinyl(input)) this.addFile(input);
    else if (isAliasMap(input)) this.aliases.add(Object.entries(input));
    else throw invalidAlias(`got ${typeof input === 'object' ? JSON.stringify(input) : String(input)}`);
  }

  private addFile(file: File): void {
    const { bundle, pack } = tagOf(file);
    if (bundle === undefined) this.addManifest(file);
    else if (pack === this.pack && file.extname === '.js') this.addBundle(bundle, file);
  }

  /** Copies of a bundle for other uses (`.js.gz`, `.js.map`) carry its tag, too; only scripts are served as scripts. */
  private addBundle(bundle: string, file: File): void {
    this.aliases.addFile(bundle, file.relative.replaceAll('\\', '/'));
    if (this.hasIntegrity && file.isBuffer()) this.integrity.set(bundle, integrityOf(file.contents));
  }

  /** Any other JSON of strings is a rev manifest; what else comes along in the stream is not ours. */
  private addManifest(file: File): void {
    if (file.extname !== '.json' || !file.isBuffer()) return;
    const value = parseManifest(file);
    if (isAliasMap(value)) this.aliases.add(Object.entries(value));
  }
}

function isAliasMap(value: unknown): value is Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((name) => typeof name === 'string');
}

function parseManifest(file: File): unknown {
  try {
    return JSON.parse(String(file.contents));
  } catch (cause) {
    throw invalidAlias(`${file.path}: ${(cause as Error).message}`, cause);
  }
}

const integrityOf = (contents: Buffer): string =>
  `sha384-${createHash('sha384').update(contents).digest('base64')}`;

/** Bundle name → what it is served as, the loader's own file included. */
function servedNames(
  { metadata, loaderName }: Outcome,
  { aliases }: ServedKnown,
): ReadonlyMap<string, Served> {
  const names = new Set(Object.keys(metadata.bundles));
  if (loaderName !== undefined) names.add(loaderName);
  return new Map([...names].map((name) => [name, aliases.served(name, (other) => names.has(other))]));
}

function snippetContext(
  build: Outcome,
  names: ReadonlyMap<string, Served>,
  { integrity: known }: ServedKnown,
  pack: ResolvedOptions,
  options: ScriptsOptions,
  loaderText: string,
): SnippetContext {
  const serve = (bundle: string): ServedBundle => {
    const { url: served } = names.get(bundle) as Served;
    const integrity = known.get(bundle);
    if (!options.integrity) return { served };
    if (integrity === undefined) throw integrityUnknown(bundle);
    return { served, integrity };
  };
  const bundles = Object.keys(build.metadata.bundles);
  return {
    metadata: build.metadata,
    served: new Map(bundles.map((name) => [name, serve(name)])),
    next: build.next,
    entryIds: build.entryIds,
    prefix: pack.prefix,
    registry: pack.name,
    loader: build.loaderName === undefined ? { text: loaderText } : serve(build.loaderName),
    options,
  };
}

/** Name and text of everything that is emitted. */
function render(context: SnippetContext, names: ReadonlyMap<string, Served>): (readonly [string, string])[] {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const entries = Object.keys(context.metadata.entries);
  const aliases = Object.fromEntries(
    [...context.served.keys()].map((bundle) => [bundle, names.get(bundle)?.name]),
  );
  return [
    ...entries.map((entry) => [`${entry}.html`, renderSnippet(entry, context)] as const),
    ['aliases.json', json(aliases)],
    ['manifest.json', json(renderManifest(context))],
  ];
}

const toFile = (root: string, name: string, text: string): File =>
  new File({ cwd: root, base: root, path: join(root, name), contents: Buffer.from(text) });

/**
 * @param built resolves once the bundles are known
 * @param loaderText the loader, a function expression
 * @param recall gives, once the bundles are known, what is remembered of those that do not come by again
 * @param index which call of `scripts()` it is of its pack: each emits what it has not emitted before
 */
export function createScripts(
  built: Promise<Outcome>,
  pack: ResolvedOptions,
  options: ScriptsOptions,
  loaderText: string,
  recall: () => ScriptsMemory | undefined,
  index: number,
) {
  const call = JSON.stringify([index, options]);
  return objectTransform(async function* (source: AsyncIterable<unknown>) {
    const inputs = new Inputs(pack.id, options.integrity ?? false);
    for await (const input of source) inputs.add(input);
    const build = await built;
    const memory = recall();
    memory?.learn(inputs);
    if (memory?.isEmitted(call, build.metadata)) return;
    const known = memory ?? inputs;
    const names = servedNames(build, known);
    const files = render(snippetContext(build, names, known, pack, options, loaderText), names);
    const emitted = memory?.toEmit(call, build.metadata, files) ?? files;
    for (const [name, text] of emitted) yield toFile(pack.root, name, text);
  });
}
