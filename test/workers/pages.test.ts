/** Workers in Chromium: they get their messages, share bundles with their page, and find everything. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { hush, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { leave, serve, visit } from '../pages/pages';
import { ANSWERS, APP } from './app';

const SETTINGS: Record<string, dynapack.Options> = {
  'as they are': {},
  'with debug': { debug: true },
  'with a relative prefix': { prefix: 'js/' },
  'with the loader in a file': { loader: 'file' },
  'with updates': { updates: 'page' },
  'under another name': { name: 'other' },
};

async function packProject(
  options: dynapack.Options = {},
  isMinified = false,
  files: ProjectFiles = APP,
): Promise<Packed> {
  const project = new Project(files);
  const all = { prefix: '/js/', root: project.directory, ...options };
  return pack([project.path('src/main.js')], all, (stream) =>
    isMinified ? hush(stream).pipe(stream.minify()) : stream,
  );
}

const CACHED = { headers: { 'cache-control': 'max-age=600' } };

describe('workers that modules start', () => {
  afterEach(leave);

  for (const [name, options] of Object.entries(SETTINGS)) {
    for (const isMinified of options.debug ? [false] : [false, true]) {
      it(`answer ${name}${isMinified ? ', minified' : ''}`, async () => {
        const packed = await packProject(options, isMinified);
        const site = await serve(packed, { prefix: '/js/', bundle: CACHED });
        const guest = await visit(site, 'main 10');
        const names = Object.keys(ANSWERS);
        const answers = await guest.ask(...names);
        const read = (answer: string | undefined): unknown =>
          answer?.startsWith('Error') ? answer : JSON.parse(answer ?? '');
        expect(Object.fromEntries(names.map((each, index) => [each, read(answers[index])]))).to.deep.equal(
          ANSWERS,
        );
        expect(guest.uncaught).to.deep.equal([]);
        expect(guest.complaints).to.deep.equal([]);
      });
    }
  }
});
