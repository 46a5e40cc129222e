/** `resolve.alias`: names that stand for directories, relative to the root. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const FILES: ProjectFiles = {
  'src/pages/deep/main.js':
    "import a from '@/a.js'; import b from '~lib/b'; import c from 'icons/c'; import '@/main.css'; import x from 'x'; self.result = [a, b, c, x];",
  'src/a.js': "export { default } from '@/inner/a.js';",
  'src/inner/a.js': 'export default "a";',
  'src/main.css': "@import '@/inner/base.css'; .main { background: url('@/inner/dot.png') }",
  'src/inner/base.css': '.base {}',
  'src/inner/dot.png': 'png',
  'vendor/lib/b.js': 'module.exports = "b";',
  'vendor/c/index.js': 'export default "c";',
  'src/x.js': 'export default "x";',
};

const ALIAS = { '@': './src', '~lib': 'vendor/lib', 'icons/*': './vendor/*/index.js', x: './src/x.js' };

describe('resolve.alias', () => {
  it('takes paths relative to the root, for scripts, styles and files', async () => {
    const project = new Project(FILES);
    const alias = { ...ALIAS, '~lib': './vendor/lib' };
    const packed = await pack([project.path('src/pages/deep/main.js')], {
      root: project.directory,
      resolve: { alias },
    });
    expect((await packed.visit('main')).page.result).to.deep.equal(['a', 'b', 'c', 'x']);
    expect(packed.styles['main.css']).to.include('.base {}').and.include("url('assets/src/inner/dot.png')");
  });

  it('takes names in styles that begin with other signs, too', async () => {
    const project = new Project({
      'package.json': { imports: { '#own/*': './src/own/*' } },
      'src/main.css':
        "@import '~/a.css'; @import '#st/b.css'; @import url(#own/c.css); @import '~lib/d.css'; .main { fill: url(#st) }",
      'src/a.css': '.a {}',
      'src/b.css': '.b {}',
      'src/own/c.css': '.c {}',
      'src/lib/d.css': '.d {}',
    });
    const alias = { '~': './src', '#st': './src', '~lib': './src/lib' };
    const packed = await pack([project.path('src/main.css')], {
      root: project.directory,
      resolve: { alias },
    });
    expect(packed.styles['main.css']?.replace(/\s+/g, '')).to.equal('.a{}.b{}.c{}.d{}.main{fill:url(#st)}');
  });

  it('takes names with a slash at the end', async () => {
    const project = new Project({
      'src/main.js': "import a from '@/a.js'; import b from '~b/b.js'; self.result = [a, b];",
      'src/a.js': 'export default "a";',
      'src/b/b.js': 'export default "b";',
    });
    const alias = { '@/': './src/', '~b/': './src/b' };
    const packed = await pack([project.path('src/main.js')], { root: project.directory, resolve: { alias } });
    expect((await packed.visit('main')).page.result).to.deep.equal(['a', 'b']);
  });

  it('says what it makes of a name that means nothing', async () => {
    const project = new Project({ 'src/main.js': "import '@/nix.js';", 'src/a.js': '' });
    for (const [to, meant] of [
      ['./src', project.path('src/nix.js')],
      ['src', 'src/nix.js'],
    ] as const) {
      const options = { root: project.directory, resolve: { alias: { '@': to } } };
      const { hint } = await failure(pack([project.path('src/main.js')], options));
      expect(hint).to.equal(`By resolve.alias it would be '${meant}': there is none.`);
    }
  });

  it('leaves what stands for a path relative to whoever names it', async () => {
    const project = new Project({
      'src/main.js': "self.result = require('./config.js');",
      'src/config.js': 'module.exports = 1;',
      'src/config.test.js': 'module.exports = 2;',
    });
    const alias = { './config.js': './config.test.js' };
    const packed = await pack([project.path('src/main.js')], { root: project.directory, resolve: { alias } });
    expect((await packed.visit('main')).page.result).to.equal(2);
  });

  it('with a star and false leaves out what fits, and nothing else', async () => {
    const project = new Project({
      'src/main.js':
        "import './main.css'; import b from './b.js'; import react from 'react'; import own from '@own/a'; import icon from './icons/i'; self.result = [b, react, own, icon];",
      'src/main.css': '.main { background: url(../fonts/a.woff2) }',
      'src/b.js': 'export default "b";',
      'node_modules/react/index.js': 'module.exports = "react";',
      'node_modules/@own/a/index.js': 'module.exports = "own";',
    });
    const alias = {
      '../fonts/*': false,
      './icons/*': false,
      'rea*r': false,
      '@/*': false,
      '*.png': false,
      '/abs/*': false,
    } as const;
    const packed = await pack([project.path('src/main.js')], { root: project.directory, resolve: { alias } });
    expect((await packed.visit('main')).page.result).to.deep.equal(['b', 'react', 'own', {}]);
    expect(packed.styles['main.css']).to.include('.main');
  });

  it('is looked at anew when files come', async () => {
    const project = new Project(FILES);
    const cache = dynapack.cache();
    const alias = { ...ALIAS, '~lib': './vendor/lib' };
    const build = () =>
      pack([project.path('src/pages/deep/main.js')], { root: project.directory, resolve: { alias }, cache });
    await build();
    project.write({
      'src/a.js': "export { default } from '@/inner/new.js';",
      'src/inner/new.js': 'export default "new";',
    });
    expect((await (await build()).visit('main')).page.result[0]).to.equal('new');
  });

  it('with a star is looked at anew when files come', async () => {
    const project = new Project({
      'src/main.js': "try { self.result = require('icons/c'); } catch { self.result = 'none'; }",
      'vendor/b/index.js': '',
    });
    const cache = dynapack.cache();
    const alias = { 'icons/*': './vendor/*/index' };
    const build = () =>
      pack([project.path('src/main.js')], { root: project.directory, resolve: { alias }, cache });
    expect((await (await build()).visit('main')).page.result).to.equal('none');
    project.write({ 'vendor/c/index.js': 'module.exports = "script";' });
    expect((await (await build()).visit('main')).page.result).to.equal('script');
  });

  it('with a star tells which file would mend a build', async () => {
    const project = new Project({ 'src/main.js': "require('icons/c');" });
    const alias = { 'icons/*': './vendor/*/index' };
    const bundles = dynapack({ root: project.directory, resolve: { alias } });
    bundles.end(project.path('src/main.js'));
    await failure(finish(bundles));
    expect(bundles.files()).to.include(project.path('vendor/c/index.js'));
  });
});
