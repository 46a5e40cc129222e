/** Parses modules in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ModuleFacts } from '../facts';
import { isAccepted, refusalOf } from '../fs/validity';
import { parseFacts } from '../parse/parse';
import type { Settings, Task } from './threads';

/** What fails is parsed again by who asked, for the error. */
function parse({ source, ...options }: Task): ModuleFacts | undefined {
  try {
    return parseFacts(source, { ...options, ...(workerData as Settings), refusalOf, isAccepted });
  } catch {
    return undefined;
  }
}

parentPort?.on('message', (tasks: Task[]) => parentPort?.postMessage(tasks.map(parse)));
