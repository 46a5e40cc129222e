/** An application that is edited and built again and again with one cache, as while people work on it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import dynapack from 'dynapack';
import { dest } from 'vinyl-fs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** An application on the disk; all paths are relative to its directory. */
export interface Application {
  directory: string;
  entries: readonly string[];
  modules: readonly string[];
}

export interface BuildSettings {
  entries?: readonly string[];
  options?: dynapack.Options;
  /** What bundles go through on their way. */
  through?(pack: dynapack.Pack): Duplex;
}

export class Session {
  private readonly cache = dynapack.cache();
  /** The entry that is edited, and what it was. */
  private readonly edited: string;
  private readonly original: string;

  /** @param name what `markOf` begins with */
  constructor(
    readonly application: Application,
    private readonly name = 'session',
  ) {
    this.edited = application.entries[0] as string;
    this.original = readFileSync(this.path(this.edited), 'utf8');
    // As a watcher does.
    this.cache.on('change', () => undefined);
  }

  /** A text that belongs to one build. */
  markOf(count: number): string {
    return `${this.name}-${count}-`;
  }

  path(name: string): string {
    return join(this.application.directory, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** Puts something before what was in the first entry. */
  edit(statements: string): void {
    this.write(this.edited, `${statements}\n${this.original}`);
  }

  /** Names a file from anywhere. */
  specifierOf(name: string): string {
    return JSON.stringify(this.path(name));
  }

  start({ entries = this.application.entries, options }: BuildSettings = {}): dynapack.Pack {
    const pack = dynapack({ root: this.application.directory, cache: this.cache, ...options });
    pack.on('warning', () => undefined);
    for (const entry of entries) pack.write(this.path(entry));
    pack.end();
    return pack;
  }

  async build(settings: BuildSettings = {}): Promise<void> {
    const pack = this.start(settings);
    await pipeline([
      pack as Duplex,
      ...(settings.through ? [settings.through(pack)] : []),
      dest(this.path('out')) as Duplex,
      pack.scripts(),
      dest(this.path('out')) as Duplex,
    ]);
  }
}

/** Bytes in use, once all that is over has ended. */
export async function usedBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
