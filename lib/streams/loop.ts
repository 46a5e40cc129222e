/**
 * The loop of one build: `deps` gives out the modules that are wanted, `mods` takes them back. The two ends are connected directly until
 * somebody splices transforms in between.
 */
import type { Readable, Writable } from 'readable-stream';
import type { ModuleText } from '../draft';
import { createDeps, type Deps, type Wanted } from './deps';
import { destroyWith } from './forward-errors';
import { createMods } from './mods';

interface LoopHandlers {
  /** A module has been read. */
  onRead(): void;
  /** A module has come through. */
  onText(text: ModuleText): void;
  /** All have. */
  onEnd(): void;
  /** Something in the loop has failed. */
  onError(error: Error): void;
}

type Neighbour = NodeJS.EventEmitter & { destroy(error?: Error): unknown };

export class Loop {
  readonly mods: Writable;
  private readonly deps: Deps;
  /** Streams of the user's that are piped from deps() or into mods(): they fail with the build, and it with them. */
  private readonly neighbours = new Set<Neighbour>();

  constructor(
    root: string,
    private readonly handlers: LoopHandlers,
  ) {
    const { onRead, onText, onEnd, onError } = handlers;
    const onPipe = (destination: NodeJS.WritableStream): void =>
      this.join(destination as unknown as Neighbour);
    this.deps = createDeps(root, { onRead, onText, onPipe });
    this.mods = createMods({ onModule: onText, onEnd });
    // Both ends fail with the build only, and the build is who reports it.
    this.deps.stream.on('error', onError);
    this.mods.on('error', onError);
    this.mods.on('pipe', (stream) => this.join(stream as unknown as Neighbour));
    this.deps.stream.pipe(this.mods);
  }

  private join(stream: Neighbour): void {
    const own: unknown[] = [this.deps.stream, this.mods];
    if (own.includes(stream) || this.neighbours.has(stream)) return;
    this.neighbours.add(stream);
    stream.on('error', this.handlers.onError);
  }

  /** Disconnects the two ends. */
  splice(): Readable {
    this.deps.splice();
    return this.deps.stream.unpipe(this.mods);
  }

  /** Sends a module through. */
  want(module: Wanted): void {
    this.deps.want(module);
  }

  /** Nothing more will be wanted. */
  end(): void {
    this.deps.end();
  }

  /** Whether modules stand in line to be read. */
  get isReading(): boolean {
    return this.deps.isReading();
  }

  /** Whether modules that were read go somewhere. */
  get isPiped(): boolean {
    return this.deps.isPiped();
  }

  destroy(error: Error | undefined): void {
    for (const stream of [this.deps.stream, this.mods, ...this.neighbours]) destroyWith(stream, error);
  }
}
