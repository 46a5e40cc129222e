/** How long a page takes until it has linked a library of `export *` of `export *`. */
import { close, launch } from '../../test/helpers/chromium';
import type { AppName } from '../apps';
import { median, NotMeasured, outputOf } from '../measure';
import type { PeerName } from '../peers';
import type { App } from '../program';
import type { Rows } from '../table';
import { type LinkingPage, linkingPage, timeToLink } from '../visits/linked';
import { coldBuilds } from './builds';
import { type Question, rowOf, type Wish } from './question';

const apps: readonly AppName[] = ['stars-500', 'stars-1000', 'stars-2000', 'babylon'];

async function build(peer: PeerName, app: App, wish: Wish): Promise<LinkingPage> {
  if (!apps.some((name) => name === app.name))
    throw new NotMeasured('only of programs that say when they are linked');
  const [cold] = await coldBuilds(peer, app, { ...wish, runs: 1 });
  const html = cold?.pages[app.entries[0] as string] as string;
  return linkingPage(outputOf(peer, app, 'cold'), html);
}

/** A page that fails may have taken the browser with it: the next one gets another. */
async function visit(page: LinkingPage): Promise<number> {
  try {
    return await timeToLink(await launch('browser'), page);
  } catch (error) {
    await close().catch(() => undefined);
    throw new NotMeasured(`its page fails: ${String(error).split('\n')[0]}`);
  }
}

export const linking: Question = {
  title: 'Linking stars of stars, in Chromium: from the last byte of the scripts to the end of linking',
  apps,
  peers: ['dynapack', 'esbuild', 'rolldown', 'rspack'],
  columns: [{ heading: 'milliseconds', ratio: true }],
  async askTogether(peers, prepare, wish) {
    const rows: Rows = {};
    const pages = new Map<PeerName, LinkingPage>();
    const times = new Map(peers.map((peer): [PeerName, number[]] => [peer, []]));
    for (const peer of peers) {
      rows[peer] = await rowOf(async () => {
        pages.set(peer, await build(peer, prepare(), wish));
        return [];
      });
    }
    // By turns, so that what else the machine does meets all of them. The first round, not counted, warms up.
    for (let round = 0; round <= wish.runs; round++) {
      for (const [peer, page] of pages) {
        rows[peer] = await rowOf(async () => [await visit(page)]);
        if (typeof rows[peer] === 'string') pages.delete(peer);
        else if (round > 0) times.get(peer)?.push(rows[peer][0] as number);
      }
    }
    for (const peer of pages.keys()) rows[peer] = [median(times.get(peer) as number[])];
    return rows;
  },
};
