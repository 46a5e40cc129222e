/** All bundlers, by the names that `--peer` takes. */
import { browserify } from './browserify';
import { dynapack } from './dynapack';
import { esbuild } from './esbuild';
import { parcel } from './parcel';
import type { Peer } from './peer';
import { rolldown } from './rolldown';
import { rollup } from './rollup';
import { rspack, webpack } from './webpack';

const peers = { esbuild, rolldown, rspack, webpack, rollup, browserify, parcel };

export type PeerName = 'dynapack' | keyof typeof peers;

/** In the order of the tables' rows. */
export const peerNames = ['dynapack', ...Object.keys(peers)] as PeerName[];

/** @param project directory of this project, whose built package is one of the bundlers */
export function peerOf(name: PeerName, project: string): Peer {
  return name === 'dynapack' ? dynapack(project) : peers[name];
}
