/** The thread that makes patches. */
import { parentPort } from 'node:worker_threads';
import { tools } from './compress';
import { makePatches, type PatchTask } from './make-patches';

parentPort?.on('message', (task: PatchTask) => parentPort?.postMessage(makePatches(task, tools)));
