/** Workers in the browsers that users have. All other tests of workers run in Chromium's engine. */
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { hush, type Packed, pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { html, leave, type PackSite, serveNothing, snippets } from '../pages/pages';
import { ANSWERS, APP } from './app';

/** Where there is no such thing as a worker that workers start, or one that pages share, the engine has none for anybody. */
const HAS: Record<string, string> = { nested: 'true', shared: "'SharedWorker' in self" };

const TRIES = 4;
/** Milliseconds for which an answer is waited for. */
const PATIENCE = 12_000;
const SILENCE = 'no answer';

export function describeWorkers(engine: Engine): void {
  let packed: Packed;
  let site: PackSite;
  let visitor: Visitor;

  before(async () => {
    const project = new Project(APP);
    packed = await pack(
      [project.path('src/main.js')],
      { root: project.directory, prefix: '/js/' },
      (stream) => hush(stream).pipe(stream.minify()),
    );
  });

  async function open(change?: (site: PackSite) => void): Promise<Tab> {
    site = await serveNothing();
    site.add(packed, '/js/', { headers: { 'cache-control': 'max-age=600' } });
    const watch =
      '<script>self.log = []; self.offers = {}; self.offer = (name, load) => { offers[name] = load; };</script>';
    site.set('/', html(watch, ...snippets(packed)));
    change?.(site);
    visitor = await engine.visitor();
    const tab = await visitor.open(`${site.url}/`);
    await tab.until('self.log && log.length > 0');
    return tab;
  }

  const ask = (tab: Tab, name: string): Promise<unknown> =>
    tab.evaluate(
      `new Promise((resolve) => offers.${name}((error, value) => resolve(error ? 'Error: ' + error.message : JSON.parse(value))))`,
    );

  /** Firefox loses workers that workers start, also where there is nothing but these: 2 of 60. What does not answer at all is asked again. */
  async function answerOf(tab: Tab, name: string): Promise<unknown> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await Promise.race([ask(tab, name), setTimeout(PATIENCE, SILENCE)]);
      if (answer !== SILENCE) return answer;
    }
    return SILENCE;
  }

  afterEach(async () => {
    await visitor?.leave();
    await leave();
  });

  it('find all that they need, and fetch nothing twice', async () => {
    const tab = await open();
    for (const [name, answer] of Object.entries(ANSWERS)) {
      if (!(await tab.evaluate(HAS[name] ?? 'true'))) continue;
      expect(await answerOf(tab, name), name).to.deep.equal(answer);
    }
    const fetched = site.fetched();
    // In the automated WebKit, workers ask again for what their page has.
    if (engine.name !== 'WebKit') expect(new Set(fetched).size, String(fetched)).to.equal(fetched.length);
  });

  it('try once more past the cache what has failed, and say what cannot be had', async () => {
    const bundle = 'src-workers-sum.js';
    const tab = await open((each) =>
      each.setBundle(bundle, (time) =>
        time === 1 ? { body: 'damaged(', headers: { 'cache-control': 'max-age=600' } } : {},
      ),
    );
    expect(await ask(tab, 'sum')).to.deep.equal(ANSWERS.sum);
    site.setBundle('src-workers-twice.js', { status: 404 });
    expect(await ask(tab, 'twice')).to.match(/^Error: .*Cannot load http.*\/js\/src-workers-twice\.js/);
  });
}
