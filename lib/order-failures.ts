/** Every failure of streams that are put together wrongly, one function each, sorted by name. */
import { DynapackError } from './dynapack-error';

const listed = (calls: readonly string[]): string => [...new Set(calls)].join(' and ');

/** @param calls what waits for the bundles of the pack, if anything does */
const waitedFor = (calls: readonly string[]): string =>
  calls.length === 0 ? '' : `, and ${listed(calls)} waited for its bundles`;

/** @param name of a bundle that was written into another pack */
export function bundleEntry(name: string): DynapackError {
  return new DynapackError('BUNDLE_ENTRY', `'${name}' is a bundle of a pack, and cannot be an entry`, {
    hint: "What is in it runs only where the snippet of its page is. Write sources into each pack: src(…).pipe(pack). To bundle again what a pack gives out, name its entry in the option 'standalone' or 'library' of that pack.",
  });
}

/** `deps()` leads into its own pack. */
export function modulesAsEntries(): DynapackError {
  return new DynapackError('NEVER_ENDS', 'deps() is piped into the pack itself, which takes entries', {
    hint: 'Modules go back into mods(): pack.deps().pipe(…).pipe(pack.mods()).',
  });
}

/** @param call what has nothing to wait for, such as `scripts()` */
export function neverGiven(call: string): DynapackError {
  return new DynapackError('NEVER_ENDS', `${call} was given nothing, and not told of the end`, {
    hint: `Pipe the finished Files of the pack into it: src(…).pipe(pack).pipe(dest(…)).pipe(pack.${call}).`,
  });
}

/** @param call what stands before the pack, such as `minify()` */
export function outOfOrder(call: string): DynapackError {
  return new DynapackError(
    'NEVER_ENDS',
    `${call} is piped into its own pack, and waits for the bundles that the pack is to make`,
    {
      hint: `Entries come first, and ${call} behind the pack: src(…).pipe(pack).pipe(pack.minify()).pipe(pack.patches(…)).pipe(dest(…)).pipe(pack.scripts()).pipe(dest(…)).`,
    },
  );
}

/** @param what has ended, such as `scripts()` */
export function packEnded(what: string): DynapackError {
  return new DynapackError('PACK_ENDED', `${what} has ended before, and takes nothing more`, {
    hint: 'A pack is for one build: call dynapack() inside of the task, so that each run makes one, with streams of its own. What survives from run to run is dynapack.cache(). Where several streams are piped into one, the first that ends is its end: give src() several globs.',
  });
}

export function packUnended(calls: readonly string[]): DynapackError {
  return new DynapackError('NEVER_ENDS', `the entries of the pack have not ended${waitedFor(calls)}`, {
    hint: 'Behind the last pack.write(…) stands pack.end(). Where entries are piped into the pack, a stream before it keeps what it was given, or waits for what the pack gives out.',
  });
}

export function packUnfed(calls: readonly string[]): DynapackError {
  return new DynapackError('NEVER_ENDS', `the pack was given no entries${waitedFor(calls)}`, {
    hint: 'Pipe entries into it: src(…).pipe(pack). Each call of dynapack() makes a pack: its minify(), patches(), report() and scripts() are for its own bundles only.',
  });
}

/** @param call what is piped into, such as `scripts()` */
export function sourceUnended(call: string): DynapackError {
  return new DynapackError('NEVER_ENDS', `what is piped into ${call} has not ended`, {
    hint: 'A stream before it takes Files, and neither gives them out nor ends: a plugin has to call back for each. What is written comes to its end with end().',
  });
}
