/** The option `dotenv`: `import.meta.env` of .env files. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, hush, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const FILES: ProjectFiles = {
  'main.js': 'self.result = import.meta.env;',
  '.env':
    'VITE_TITLE=Shop\nVITE_PLACE="every\nwhere" # comment\nSECRET=hush\nVITE_LINK=https://$HOST/${VITE_TITLE}\nHOST=x.example\n',
  '.env.local': 'VITE_LOCAL=1',
  '.env.production': 'VITE_MODE_TOLD=production\nVITE_TITLE=Sold',
  '.env.staging': 'VITE_MODE_TOLD=staging',
  '.env.staging.local': "VITE_DOLLAR='a\\$b'",
  'config/.env': 'PUBLIC_A=1\nOPEN_B=2\nVITE_C=3',
};

async function envOf(
  options: dynapack.Options,
  files: ProjectFiles = {},
  project = new Project({ ...FILES, ...files }),
): Promise<unknown> {
  const packed = await pack([project.path('main.js')], {
    root: project.directory,
    env: { NODE_ENV: 'production' },
    ...options,
  });
  return (await packed.visit('main')).page.result;
}

const BUILT_IN = { MODE: 'production', BASE_URL: '/', PROD: true, DEV: false, SSR: false };

describe('dotenv', () => {
  it('makes import.meta.env of the files of the mode, and of the environment', async () => {
    process.env.VITE_LOCAL = 'of the environment';
    process.env.VITE_ALONE = 'alone';
    try {
      expect(await envOf({ dotenv: true })).to.deep.equal({
        ...BUILT_IN,
        VITE_TITLE: 'Sold',
        VITE_PLACE: 'every\nwhere',
        VITE_LINK: 'https:///Sold',
        VITE_LOCAL: 'of the environment',
        VITE_MODE_TOLD: 'production',
        VITE_ALONE: 'alone',
      });
    } finally {
      delete process.env.VITE_LOCAL;
      delete process.env.VITE_ALONE;
    }
  });

  it('takes a mode, a directory, prefixes and a base', async () => {
    const staging = await envOf({ dotenv: { mode: 'staging', base: '/shop/' }, env: { NODE_ENV: 'test' } });
    expect(staging).to.include({
      MODE: 'staging',
      BASE_URL: '/shop/',
      PROD: false,
      DEV: true,
      VITE_MODE_TOLD: 'staging',
      VITE_DOLLAR: 'a$b',
      VITE_TITLE: 'Shop',
    });
    const other = await envOf({ dotenv: { directory: 'config', prefix: ['PUBLIC_', 'OPEN_'] } });
    expect(other).to.deep.equal({ ...BUILT_IN, PUBLIC_A: '1', OPEN_B: '2' });
  });

  it('has branches that it proves dead not followed, and tells nothing else', async () => {
    const project = new Project({
      ...FILES,
      'main.js': `self.result = [import.meta.env.VITE_TITLE, import.meta.env.VITE_NONE, import.meta.env.SECRET];
        if (import.meta.env.DEV) import('./none'); if (import.meta.env.VITE_NONE) import('./none');
        if (import.meta.env.MODE !== 'production') require('./none'); if (import.meta.env.SSR) import('./none');`,
    });
    const packed = await pack([project.path('main.js')], {
      root: project.directory,
      env: { NODE_ENV: 'production' },
      dotenv: true,
    });
    expect((await packed.visit('main')).page.result).to.deep.equal(['Sold', undefined, undefined]);
    expect(packed.bundles['main.js']).to.not.match(/hush|every|import\.meta/);
  });

  it('gives way to define', async () => {
    const files = { 'main.js': 'self.result = [import.meta.env.VITE_TITLE, import.meta.env.MODE];' };
    const define = { 'import.meta.env.VITE_TITLE': '"mine"' };
    expect(await envOf({ dotenv: true, define }, files)).to.deep.equal(['mine', 'production']);
  });

  it('has what define says of single names in the whole object, too', async () => {
    const files = {
      'main.js': 'const { VITE_TITLE, VITE_MORE } = import.meta.env; self.result = [VITE_TITLE, VITE_MORE];',
    };
    const define = { 'import.meta.env.VITE_TITLE': '"mine"', 'import.meta.env.VITE_MORE': '1' };
    expect(await envOf({ dotenv: true, define }, files)).to.deep.equal(['mine', 1]);
  });

  it('is looked at anew in each build, and its files are among those that were read', async () => {
    const project = new Project({ ...FILES, 'main.js': 'self.result = import.meta.env.VITE_TITLE;' });
    const cache = dynapack.cache();
    expect(await envOf({ dotenv: true, cache }, {}, project)).to.equal('Sold');
    project.write({ '.env.production': 'VITE_TITLE=Told' });
    expect(await envOf({ dotenv: true, cache }, {}, project)).to.equal('Told');
    const options = { root: project.directory, dotenv: true, env: { NODE_ENV: 'production' } };
    const bundles = hush(dynapack(options));
    bundles.end(project.path('main.js'));
    await finish(bundles);
    const files = bundles.files().filter((path) => path.startsWith(project.path('.env')));
    expect(files).to.deep.equal(['.env', '.env.local', '.env.production'].map((name) => project.path(name)));
  });

  it('does nothing where it is not asked for', async () => {
    for (const dotenv of [undefined, false]) {
      const files = { 'main.js': 'self.result = typeof import.meta.env;' };
      expect(await envOf({ ...(dotenv !== undefined && { dotenv }) }, files)).to.equal('undefined');
    }
  });

  it('refuses what cannot be meant', async () => {
    for (const dotenv of [
      { prefix: '' },
      { prefix: ['A_', ''] },
      { mode: '' },
      { mode: 'a/b' },
      { modus: 'x' },
      'production',
      { directory: 1 },
    ]) {
      const { code, message } = await failure((async () => dynapack({ dotenv: dotenv as never }))());
      expect(code).to.match(/^(?:INVALID|UNKNOWN)_OPTION$/);
      expect(message).to.include('dotenv');
    }
  });
});
