/** Threads that run tasks of one kind. */
import { Worker } from 'node:worker_threads';

export interface Pool<Task, Result> {
  /** Rejects when the thread breaks down; what fails in a task is for its worker to tell. */
  run(task: Task): Promise<Result>;
}

/** Milliseconds without a task after which threads are ended. */
const IDLE = 2_000;

interface Job<Task, Result> {
  task: Task;
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** A thread that is there, with the job it is at. */
interface Thread<Task, Result> {
  worker: Worker;
  job?: Job<Task, Result> | undefined;
}

/**
 * Makes a pool; threads are started when there is work for them, and never keep the process alive without work.
 * @param script what package.json calls it under `imports`; it answers each message, a task, by one message, its result
 * @param size how many threads there are at most
 */
export function createPool<Task, Result>(script: string, size: number): Pool<Task, Result> {
  const waiting: Job<Task, Result>[] = [];
  const threads = new Set<Thread<Task, Result>>();
  let timer: NodeJS.Timeout | undefined;

  function start(): Thread<Task, Result> {
    const thread: Thread<Task, Result> = { worker: new Worker(require.resolve(script)) };
    const end = (error: Error): void => {
      threads.delete(thread);
      thread.job?.reject(error);
      thread.job = undefined;
      work();
    };
    thread.worker.on('message', (result: Result) => finish(thread, result));
    thread.worker.on('error', end);
    thread.worker.on('exit', (code) => end(new Error(`a worker thread ended with code ${code}`)));
    threads.add(thread);
    return thread;
  }

  function finish(thread: Thread<Task, Result>, result: Result): void {
    thread.job?.resolve(result);
    thread.job = undefined;
    thread.worker.unref();
    work();
  }

  function work(): void {
    clearTimeout(timer);
    while (waiting.length > 0) {
      const free = [...threads].find(({ job }) => job === undefined);
      if (free === undefined && threads.size >= size) return;
      const thread = free ?? start();
      thread.job = waiting.shift() as Job<Task, Result>;
      thread.worker.ref();
      thread.worker.postMessage(thread.job.task);
    }
    if ([...threads].every(({ job }) => job === undefined)) timer = setTimeout(endAll, IDLE).unref();
  }

  function endAll(): void {
    for (const { worker } of threads) void worker.terminate();
    threads.clear();
  }

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        work();
      }),
  };
}
