/** What a browser starts workers by, and where it has that: free names that matter. */
export const WORKER_NAMES = ['Worker', 'SharedWorker', 'self', 'window', 'globalThis'] as const;

export type WorkerName = (typeof WORKER_NAMES)[number];
