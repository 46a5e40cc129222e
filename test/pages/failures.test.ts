import { expect } from 'chai';
import type { Reply } from '../helpers/site';
import { leave, serve, visit } from './pages';
import { diamond, FORMS, packFiles } from './sources';

/** How a download can fail. */
const FAILURES: Record<string, Partial<Reply>> = {
  'the connection breaks': { fail: true },
  'the server has no such file': { status: 404, body: 'Not found', type: 'text/plain' },
  'the server fails': { status: 503, body: '<!doctype html>Down', type: 'text/html' },
  'a login page answers': { body: '<!doctype html>Please log in', type: 'text/html' },
  'the file is empty': { body: '' },
};

describe('pages: a lazy bundle that does not arrive', () => {
  afterEach(leave);

  for (const form of FORMS) {
    for (const [name, failure] of Object.entries(FAILURES)) {
      it(`is named in the error when ${name}, and comes alone later, with ${form}`, async () => {
        const packed = await packFiles(diamond(form), ['a.js']);
        const site = await serve(packed);
        const guest = await visit(site, 'a');
        site.setBundle('b.js', failure);
        const [b, c] = await guest.ask('b', 'c');
        expect(b).to.match(/^LoadError: .*\bb\.js\b/);
        expect(c).to.equal('c here');
        const once = site.fetched().filter((bundle) => bundle !== 'b.js' && bundle !== 'a.js');
        expect(once).to.have.lengthOf(2);

        site.setBundle('b.js', {});
        expect(await guest.ask('b')).to.deep.equal(['b here']);
        expect(site.fetched()).to.deep.equal(['b.js']);
        expect(await guest.log()).to.deep.equal(['a', 'd', 'c', 'b']);
      });
    }
  }

  it('is not noticed by the visitor when it comes at the second attempt', async () => {
    const packed = await packFiles(diamond('ensure'), ['a.js']);
    const site = await serve(packed);
    const guest = await visit(site, 'a');
    site.setBundle('b.js', (time) => (time === 1 ? { fail: true } : {}));
    expect(await guest.ask('b', 'c')).to.deep.equal(['b here', 'c here']);
    // Once more to refresh the browser's cache, in which this server lets nothing be kept.
    expect(site.fetched().filter((bundle) => bundle === 'b.js')).to.have.lengthOf(3);
    expect(guest.uncaught).to.deep.equal([]);
  });
});
