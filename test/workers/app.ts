/** An application like those that need workers: a page, five workers, and a library that all of them use. */

import { addWasm } from '../assets/files';
import type { ProjectFiles } from '../helpers/project';

/** In the page, what a worker answers to a message. */
const ASK = `export const ask = (worker, message) => new Promise((resolve, reject) => {
    const port = worker.port || worker;
    port.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => { event.preventDefault(); reject(new Error(event.message)); };
    port.postMessage(message);
  });`;

export const APP: ProjectFiles = {
  'src/main.js': `import { scale } from './library.js';
    import { ask } from './ask.js';
    import Twice from './workers/twice.js?worker';
    import Shared from './workers/shared.js?sharedworker';
    const start = {
      sum: () => new Worker(new URL('./workers/sum.js', import.meta.url), { type: 'module', name: 'summer' }),
      lazy: () => new Worker(new URL('workers/lazy.ts', import.meta.url)),
      wasm: () => new self.Worker(new URL('./workers/wasm.js', import.meta.url)),
      twice: () => new Twice({ name: 'two' }),
      shared: () => new Shared('all'),
      nested: () => new Worker(new URL('./workers/nested.js', import.meta.url), { type: 'module' }),
    };
    for (const name of Object.keys(start))
      offer(name, (callback) => ask(start[name](), 21).then((answer) => callback(null, JSON.stringify(answer)), callback));
    self.start = start;
    log.push('main ' + scale(1));`,
  'src/ask.js': ASK,
  'src/library.js': `export const scale = (value) => value * 10; export const big = '${'x'.repeat(5000)}';`,
  'src/workers/sum.js': `import { scale } from '../library.js';
    import plain from './plain.cjs';
    onmessage = ({ data }) => postMessage([scale(data) + plain.one, self.name, typeof document, import.meta.url.startsWith('http')]);`,
  'src/workers/plain.cjs': 'exports.one = 1; sloppy = 1; exports.sloppy = sloppy;',
  'src/workers/lazy.ts': `onmessage = async ({ data }) => {
      const [{ scale }, late] = await Promise.all([import('../library.js'), import('./late.js')]);
      postMessage([scale(data), late.default, late.default === (await import('./late.js')).default]);
    };`,
  'src/workers/late.js': "import './late.css'; export default 'late';",
  'src/workers/late.css': '.late { color: red }',
  'src/workers/wasm.js': `import wasm from './add.wasm';
    onmessage = async ({ data }) => {
      const { instance } = await WebAssembly.instantiateStreaming(fetch(wasm));
      postMessage(instance.exports.add(data, 1));
    };`,
  'src/workers/add.wasm': addWasm,
  'src/workers/twice.js': 'onmessage = ({ data }) => postMessage([data * 2, self.name]);',
  'src/workers/shared.js': `import { scale } from '../library.js';
    let count = 0;
    onconnect = ({ ports: [port] }) => { port.onmessage = ({ data }) => port.postMessage([scale(data), ++count, self.name]); };`,
  'src/workers/nested.js': `import { ask } from '../ask.js';
    import { depth } from './depth.js';
    onmessage = async ({ data }) => {
      if (typeof data === 'object') return postMessage([depth, data.level]);
      const self_ = new Worker(import.meta.url);
      const other = new Worker(new URL('./sum.js', import.meta.url), { name: 'inner' });
      postMessage([await ask(self_, { level: data }), await ask(other, 1)]);
    };`,
  'src/workers/depth.js': 'export const depth = 2;',
};

/** What the workers answer to 21. */
export const ANSWERS: Record<string, unknown> = {
  sum: [211, 'summer', 'undefined', true],
  lazy: [210, 'late', true],
  wasm: 22,
  twice: [42, 'two'],
  shared: [210, 1, 'all'],
  nested: [
    [2, 21],
    [11, 'inner', 'undefined', true],
  ],
};
