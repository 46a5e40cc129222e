/** A thread that parses, and what it is told. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ModuleFacts } from '../facts';
import type { ParseOptions } from '../parse/parse';

/** What holds for all modules. */
export type Settings = Pick<ParseOptions, 'labels' | 'env' | 'define' | 'provide'>;

/** A module to parse. */
export type Task = Pick<ParseOptions, 'fileName' | 'type' | 'published'> & { source: string };

/** Answers each list of modules with their facts, in order; `undefined` where it failed. */
export type Results = (ModuleFacts | undefined)[];

/** Threads besides this one that have a processor for themselves, up to as many as reading can keep busy. */
export const spareThreads = (): number => Math.min(availableParallelism() - 1, 3);

/** New objects live until their module is done: room for them saves the collector its work. */
const limits = { maxYoungGenerationSizeMb: 64 };

export const startThread = (settings: Settings): Worker =>
  new Worker(require.resolve('#parsing/thread'), { workerData: settings, resourceLimits: limits });
