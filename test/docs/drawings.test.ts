/** The drawings of programs are those of builds. `npx gulp drawings` makes them so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from './documents';
import { programDrawings } from './drawings';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('drawings', () => {
  it('are current', async () => {
    for (const [path, text] of Object.entries(await programDrawings()))
      expect(read(path), 'npx gulp drawings').to.equal(text);
  });

  it('follow light and dark, and load nothing', () => {
    for (const name of ['diamond', 'there-already', 'release']) {
      const svg = read(`docs/images/${name}.svg`);
      expect(svg).to.include('prefers-color-scheme: dark').and.include('<title>');
      expect(svg.replace('http://www.w3.org/2000/svg', '')).to.not.match(/https?:|href|@import/);
    }
  });
});
