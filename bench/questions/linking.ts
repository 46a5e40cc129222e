/** How long a page takes until it has linked a library of `export *` of `export *`. */
import { launch } from '../../test/helpers/chromium';
import type { AppName } from '../apps';
import { median, NotMeasured, outputOf } from '../measure';
import { timeToLink } from '../visits/linked';
import { coldBuilds } from './builds';
import type { Question } from './question';

const apps: readonly AppName[] = ['stars-500', 'stars-1000', 'stars-2000', 'babylon'];

export const linking: Question = {
  title: 'Linking stars of stars, in Chromium: from the page to the first statement of its entry',
  apps,
  columns: [{ heading: 'milliseconds', ratio: true }],
  async ask(peer, app, wish) {
    if (!apps.some((name) => name === app.name))
      throw new NotMeasured('only of programs that say when they are linked');
    const [build] = await coldBuilds(peer, app, { ...wish, runs: 1 });
    const html = build?.pages[app.entries[0] as string] as string;
    const browser = await launch('browser');
    const times: number[] = [];
    while (times.length < wish.runs) {
      times.push(await timeToLink(browser, outputOf(peer, app, 'cold'), html));
    }
    return [median(times)];
  },
};
