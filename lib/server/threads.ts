/** What is left to threads: work on whole texts, which requests would have to wait for. */
import { availableParallelism } from 'node:os';
import { createPool } from '../fs/pool';
import type { CheckJob, Encoded, EncodeJob, Refusal } from './encode-worker';

/** One processor is left for requests. */
const pool = createPool<EncodeJob | CheckJob, Encoded | Refusal | undefined>(
  '#server/encode-worker',
  Math.max(1, availableParallelism() - 1),
);

/** A patch that makes one text of another; `undefined` when there can be none. */
export const encodeInThread = (job: EncodeJob): Promise<Encoded | undefined> =>
  pool.run(job) as Promise<Encoded | undefined>;

/** Why the engine refuses a text as a script, if that is for being a module. */
export const refusalInThread = async (script: Uint8Array): Promise<string | undefined> =>
  ((await pool.run({ script })) as Refusal).refusal;
