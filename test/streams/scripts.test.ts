/** `scripts()` in the wrong order, or without what it needs. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish } from '../helpers/pack';
import { Project } from '../helpers/project';

/** The error that a scripts() stream ends with. */
const errorOf = (scripts: NodeJS.ReadWriteStream): Promise<dynapack.DynapackError> =>
  new Promise((onError) => {
    scripts.on('error', onError);
    scripts.resume();
  });

describe('scripts()', () => {
  it('of a pack that is destroyed before it has bundles fails, saying so', async () => {
    const pack = dynapack();
    const scripts = pack.scripts();
    scripts.end({});
    pack.destroy();
    const error = await errorOf(scripts);
    expect(error.code).to.equal('NOT_BUILT');
    expect(error.toString()).to.include('pack.end()');
  });

  it('with integrity needs the Files, and says which is missing', async () => {
    const project = new Project({ 'main.js': '' });
    const pack = dynapack();
    pack.end(project.path('main.js'));
    await finish(pack);
    const scripts = pack.scripts({ integrity: true });
    scripts.end({ 'main.js': 'main.min.js' });
    const error = await errorOf(scripts);
    expect(error.code).to.equal('INTEGRITY_UNKNOWN');
    expect(error.message).to.include("'main.js'");
  });

  it('may be called before the pack has begun, and ended at once', async () => {
    const project = new Project({ 'main.js': '' });
    const pack = dynapack();
    const scripts = pack.scripts();
    scripts.end({ 'main.js': 'other.js' });
    pack.resume().end(project.path('main.js'));
    const names: string[] = [];
    for await (const file of scripts) names.push((file as { relative: string }).relative);
    expect(names).to.have.members(['main.html', 'aliases.json', 'manifest.json']);
  });

  it('may be called twice, with options of their own', async () => {
    const project = new Project({ 'main.js': 'self.result = 1;' });
    const pack = dynapack();
    pack.end(project.path('main.js'));
    const plain = await finish(pack);
    const nonced = pack.scripts({ nonce: 'abc' });
    nonced.end();
    const texts: string[] = [];
    for await (const file of nonced) texts.push(String((file as { contents: Buffer }).contents));
    expect(texts[0]).to.include('nonce="abc"');
    expect(plain.scripts['main.html']).to.not.include('nonce="');
  });

  it('fails with a pack that fails', async () => {
    const pack = dynapack();
    const scripts = pack.scripts();
    scripts.end();
    const error = errorOf(scripts);
    pack.end('/gone.js');
    expect((await failure(finish(pack))).code).to.equal('NOT_FOUND');
    expect((await error).code).to.equal('NOT_FOUND');
  });
});
