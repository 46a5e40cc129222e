/** The page's decoder as it is served. */
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { minify } from 'terser';
import { encodePatch } from '../../lib/patch/encode';
import { assertES5 } from '../client/es5';
import { createDice, minifiedText } from './texts';
import { clientSource, tools } from './tools';

/** Bytes after gzip: 0.52 KB. */
const BUDGET = 530;

describe('patches: the decoder of pages', () => {
  it('is ES5, small, and works minified', async () => {
    const { code = '' } = await minify(clientSource, { ecma: 5, compress: { passes: 3 } });
    assertES5(clientSource);
    assertES5(code);
    expect(gzipSync(code, { level: 9 }).length).to.be.at.most(BUDGET);
    const apply = new Function(`${code}; return applyPatch;`)() as (patch: string, old: string) => string;
    expect(apply(encodePatch(['one two'], 'two three one', tools), 'one two')).to.equal('two three one');
    const [old, text] = ['etn', 'ton'].map((letters) => minifiedText(createDice(1), [1, 2, 3], letters));
    const renaming = encodePatch([`${old}`], `${text}`, tools);
    expect(renaming[0]).to.equal('2');
    expect(apply(renaming, `${old}`)).to.equal(text);
  });
});
