/**
 * Browser shims for Node's builtin modules: the packages browserify uses, under the same names
 * (`browserify/lib/builtins` may be given as `options.builtins` in their place). They are dependencies of
 * their own because browserify itself installs twice as much.
 */
import { createRequire } from 'node:module';
import { emptyModule, processModule } from './virtual';

/** Builtin name → what to require of the shim package. */
const shims = {
  assert: 'assert/',
  buffer: 'buffer/',
  console: 'console-browserify',
  constants: 'constants-browserify',
  crypto: 'crypto-browserify',
  domain: 'domain-browser',
  events: 'events/',
  http: 'stream-http',
  https: 'https-browserify',
  os: 'os-browserify/browser.js',
  path: 'path-browserify',
  'path/posix': 'path-browserify',
  punycode: 'punycode/',
  querystring: 'querystring-es3/',
  stream: 'stream-browserify',
  string_decoder: 'string_decoder/',
  sys: 'util/util.js',
  timers: 'timers-browserify',
  tty: 'tty-browserify',
  url: 'url/',
  util: 'util/util.js',
  vm: 'vm-browserify',
  zlib: 'browserify-zlib',
};

/** Node's older names for single classes of `stream`: they are files of the `stream` shim's own dependency. */
const streamClasses = ['duplex', 'passthrough', 'readable', 'transform', 'writable'];

/** Builtins that cannot exist in a browser; requiring one gives an empty object. */
const empty = [
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'fs',
  'fs/promises',
  'http2',
  'inspector',
  'module',
  'net',
  'perf_hooks',
  'readline',
  'readline/promises',
  'repl',
  'tls',
];

/** Absolute path of the default shim for `buffer`. */
export const bufferShim = (): string => require.resolve(shims.buffer);

let found: Readonly<Record<string, string>> | undefined;

/** Builtin name → absolute path of the shim. Each call gives a fresh object that the caller may extend. */
export function defaultBuiltins(): Record<string, string> {
  // Where own dependencies are does not change while they are loaded.
  found ??= findBuiltins();
  return { ...found };
}

function findBuiltins(): Record<string, string> {
  const builtins: Record<string, string> = { _process: processModule, process: processModule };
  for (const [name, specifier] of Object.entries(shims)) builtins[name] = require.resolve(specifier);
  const requireFromStream = createRequire(builtins.stream as string);
  for (const name of streamClasses) {
    builtins[`_stream_${name}`] = requireFromStream.resolve(`readable-stream/lib/_stream_${name}.js`);
  }
  for (const name of empty) builtins[name] = emptyModule;
  return builtins;
}
