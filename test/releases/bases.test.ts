/** What visitors download when a release moves modules, or a package renames its files; in bytes after brotli. */
import { expect } from 'chai';
import { chooseBases, heldVersions } from '../../lib/releases/bases';
import { common, fingerprint } from '../../lib/releases/fingerprints';
import { makePatches } from '../../lib/releases/make-patches';
import type { Release } from '../../lib/releases/manifest';
import { createDice, minifiedText, moduleText } from '../patch/texts';
import { tools } from '../patch/tools';
import {
  buildProgram,
  costOf,
  edit,
  type GraphSize,
  limitedCost,
  makeProgram,
  move,
  movedShare,
  releasesDirectory,
  renamePackage,
} from './programs';

const size: GraphSize = { modules: 160, roots: 14, edges: 480, entries: 6 };

/** Bytes that a patch costs besides its contents: its header and what its compression learns. */
const PER_PATCH = 80;

describe('bases of patches', () => {
  for (const seed of [1, 2]) {
    it(`follow modules that move to other bundles (program ${seed})`, async () => {
      const program = makeProgram(size, seed);
      const edited = edit(program, 0.06, seed);
      const releases = [releasesDirectory(), releasesDirectory()] as const;
      const before = await buildProgram(program, releases[0]);
      await buildProgram(program, releases[1]);
      const still = await buildProgram(edited, releases[0]);
      const now = await buildProgram(move(edited, 0.4, seed), releases[1]);
      expect(movedShare(before, still)).to.equal(0);
      expect(movedShare(before, now)).to.be.greaterThan(0.2);
      const [unmoved, moved] = [costOf(before, still), costOf(before, now)];
      // What those who move bring to visitors that did not have them is new to these, however it is sent.
      const fresh = moved.least - unmoved.least;
      const bound = 1.3 * (unmoved.sent + fresh) + PER_PATCH * (moved.patches - unmoved.patches);
      expect(moved.sent, JSON.stringify([unmoved, moved])).to.be.below(bound);
      // One patch over all that is held, for all that is needed: nothing can be much less.
      expect(moved.sent).to.be.below(1.6 * moved.least);
    });
  }

  it('find the modules of a package that renames its files', async () => {
    const program = makeProgram(size, 3);
    const releases = releasesDirectory();
    const before = await buildProgram(program, releases);
    const now = await buildProgram(renamePackage(program), releases);
    const { sent, full } = costOf(before, now);
    const byModule = limitedCost(before, now);
    expect(sent, `${sent} of ${byModule}, full ${full}`).to.be.below(0.6 * byModule);
  });

  const texts: Record<string, string> = {};
  for (let id = 0; id < 30; id++) {
    const dice = createDice(id + 1);
    texts[`t${id}`] = Array.from({ length: 12 }, (_, each) => moduleText(dice, 100 * id + each)).join('\n');
  }
  const prints = (version: string) => fingerprint(texts[version] ?? '');
  const joined = (...versions: string[]): string => versions.map((version) => texts[version]).join('\n');

  /** A release whose bundles have their texts' names as versions. */
  function release(roots: Record<string, string[]>): Release {
    const names = Object.values(roots).flat();
    const bundles = Object.fromEntries(names.map((name) => [name, { version: name, served: name, size: 1 }]));
    return { id: '1-aaaaaa', number: 1, bundles, roots, entries: {} };
  }
  const choose = (text: string, roots: string[], old: Record<string, string[]>, version = 'new') =>
    chooseBases({ name: 't0', version, roots }, fingerprint(text).length, release(old), (other) =>
      common(fingerprint(text), prints(other)),
    );

  it('are what everybody holds who may ask for the text', () => {
    const old = { a: ['t1', 't2', 't3'], b: ['t2', 't3', 't4'] };
    expect(choose(joined('t2', 't3'), ['a', 'b'], old)).to.deep.equal([
      { bases: [longer('t2', 't3'), shorter('t2', 't3')], isForAll: true },
    ]);
    expect(choose(joined('t2'), ['a', 'b'], old)).to.deep.equal([{ bases: ['t2'], isForAll: true }]);
  });

  const longer = (a: string, b: string): string => (prints(a).length >= prints(b).length ? a : b);
  const shorter = (a: string, b: string): string => (longer(a, b) === a ? b : a);

  it('have variants for who holds much more', () => {
    const old = { a: ['t1', 't2'], b: ['t2', 't4'] };
    const [first, ...others] = choose(joined('t1', 't2', 't2', 't4'), ['a', 'b'], old);
    expect(first).to.deep.equal({ bases: ['t2'], isForAll: true });
    expect(others.map(({ bases }) => bases)).to.have.deep.members([
      ['t2', 't1'],
      ['t2', 't4'],
    ]);
    const apart = { a: ['t1'], b: ['t4'] };
    expect(choose(joined('t1', 't4'), ['a', 'b'], apart).map(({ isForAll }) => isForAll)).to.deep.equal([
      false,
      false,
    ]);
  });

  it('are those of the same name where no root is known', () => {
    expect(choose(joined('t0'), ['new'], { a: ['t0', 't1'] })).to.deep.equal([
      { bases: ['t0'], isForAll: true },
    ]);
    expect(choose(joined('t1'), ['new'], { a: ['t1'] })).to.deep.equal([]);
  });

  it('are none for who has the text, where nothing is alike, and of texts that are lost', () => {
    expect(choose(joined('t2'), ['a'], { a: ['t2', 'new'] })).to.deep.equal([]);
    expect(choose(joined('t2'), ['a'], { a: ['t3', 't4'] })).to.deep.equal([]);
    expect(choose(joined('t2'), ['a'], { a: ['lost'] })).to.deep.equal([]);
    const wanted = { name: 't0', version: 'new', roots: ['a', 'b'] };
    expect([...heldVersions(wanted, release({ a: ['new', 't1'] }))]).to.deep.equal([]);
    expect([...heldVersions(wanted, release({ a: ['new', 't1'], b: ['t2'] }))]).to.have.members([
      'new',
      't1',
      't2',
    ]);
  });

  it('are few', () => {
    const all = Object.keys(texts);
    const [choice] = choose(joined(...all), ['a'], { a: all });
    expect(choice?.bases).to.have.length(10);
  });

  it('are left out when nothing is copied from them, also where renames have moved what is', () => {
    const ids = Array.from({ length: 40 }, (_, id) => id);
    const used = minifiedText(createDice(1), ids, ['e', 't', 'n']);
    // Longer names: what is copied from the first text now ends where the second one did.
    const text = minifiedText(createDice(1), ids, ['ee', 'tt', 'nn']);
    const unused = Array.from({ length: 9 }, (_, id) => moduleText(createDice(id), id)).join('\n');
    const task = { text, olds: [used, unused], minGain: 1, isHurried: false };
    const [made] = makePatches({ ...task, releases: [[{ bases: [0, 1], isForAll: true }]] }, tools);
    expect(made?.patch[0]).to.equal('2');
    expect(made?.bases).to.deep.equal([0]);
  });
});
