/** The reference is that of the sources. `npx gulp reference` makes it so. */
import { expect } from 'chai';
import { readPage } from './documents';
import { referencePages } from './reference';

describe('the reference', () => {
  for (const [path, text] of Object.entries(referencePages()))
    it(`${path} is current`, () => {
      expect(readPage(path).text, 'npx gulp reference').to.equal(text);
    });
});
