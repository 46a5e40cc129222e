import { expect } from 'chai';
import { applyPatch } from '../../lib/patch/apply';
import { planPatches } from '../../lib/patch/plan';
import { bundleText, createDice, moduleText } from './texts';
import { hash, tools } from './tools';

const dice = createDice(1);
const modules = Array.from({ length: 40 }, (_, id) => moduleText(dice, id));
const text = bundleText(modules);
const near = bundleText(modules.slice(1));
const half = bundleText(modules.slice(20));
const other = bundleText(Array.from({ length: 40 }, (_, id) => `"x${id}":"${hash(`other ${id}`)}"`));

const names = (holdings: Record<string, string[]>, minGain?: number): string[] => {
  const list = Object.entries(holdings).map(([name, texts]) => ({ name, texts }));
  return planPatches(list, text, tools, minGain).map(({ from }) => from);
};

describe('patches: which are worth it', () => {
  it('those that save enough', () => {
    expect(names({ near: [near], other: [other], both: [other, near] })).to.deep.equal(['near', 'both']);
    expect(names({ near: [near], half: [half] }, 0.3)).to.deep.equal(['near']);
    expect(names({ near: [near] }, 0)).to.deep.equal([]);
  });

  it('none for who has the text already', () => {
    expect(names({ same: [text], among: [near, text], near: [near] })).to.deep.equal(['near']);
    expect(planPatches([], text, tools)).to.deep.equal([]);
  });

  it('none where a page would not see the texts as they are', () => {
    expect(names({ marked: [`\ufeff${near}`], broken: [near, '\ud83d'] })).to.deep.equal([]);
    expect(planPatches([{ name: 'near', texts: [near] }], `\ufeff${text}`, tools)).to.deep.equal([]);
  });

  it('each with its patch and its size', () => {
    const [planned] = planPatches([{ name: 'near', texts: [near] }], text, tools);
    expect(applyPatch(planned?.patch as string, [near], hash)).to.equal(text);
    expect(planned?.size).to.equal(tools.compressedSize(planned?.patch as string));
  });
});
