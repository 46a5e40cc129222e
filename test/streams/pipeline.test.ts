/** `stream.pipeline()` of all that a pack has. */
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { Project } from '../helpers/project';

describe('stream.pipeline()', () => {
  it('runs through all parts of a pack with a cache, and Node takes no listeners for a leak', async () => {
    const project = new Project({ 'main.js': "import('./part');", 'part.js': '' });
    const warnings: string[] = [];
    const listener = (warning: Error): unknown => warnings.push(warning.message);
    process.on('warning', listener);
    const cache = dynapack.cache();
    for (let build = 0; build < 2; build++) {
      const options: dynapack.Options = { root: project.directory, updates: 'page', loader: 'file', cache };
      const pack = dynapack(options);
      const names: string[] = [];
      const sink = new Writable({
        objectMode: true,
        write(file: { relative: string }, _encoding, done) {
          names.push(file.relative);
          done();
        },
      });
      await pipeline(
        [project.path('main.js')],
        pack as unknown as NodeJS.ReadWriteStream,
        pack.minify(),
        pack.patches({ releases: project.path('releases') }),
        pack.scripts(),
        sink,
      );
      if (build === 0) expect(names).to.include('main.html');
    }
    // Warnings come at the next turn.
    await new Promise((onTurn) => setImmediate(onTurn));
    process.off('warning', listener);
    expect(warnings).to.deep.equal([]);
  });
});
