/** Files whose bytes are no UTF-8 are told of: what means nothing there has become U+FFFD. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { finish } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** As older editors save it. */
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Files, and the place that is told of; none where nothing is. */
const cases: Record<string, [files: ProjectFiles, ...places: string[]]> = {
  'an entry': [{ 'main.js': latin("\nself.result = 'café';") }, 'main.js:2:19'],
  'a CommonJS module': [{ 'main.js': "require('./a');", 'a.js': latin("exports.a = 'é';") }, 'a.js:1:14'],
  'an ES module': [{ 'main.js': "import './a.js';", 'a.js': latin("export {}; self.a = 'é';") }, 'a.js:1:22'],
  JSON: [{ 'main.js': "require('./a.json');", 'a.json': latin('{"a":"é"}') }, 'a.json'],
  'a style': [{ 'main.js': "import './a.css';", 'a.css': latin('a { content: "é" }') }, 'a.css:1:15'],
  'a text': [{ 'main.js': "import './a.txt?raw';", 'a.txt': latin('é') }, 'a.txt'],
  'a file that is no text, asked for as such': [
    {
      'main.js': "new URL('./a.bin', import.meta.url); import './b.bin?url';",
      'a.bin': latin('é'),
      'b.bin': latin('é'),
    },
  ],
  'a character that stands in the file': [{ 'main.js': "self.result = '\uFFFD';" }],
  'a package': [{ 'main.js': "require('pkg');", 'node_modules/pkg/index.js': latin('// é') }],
};

describe('files that are not UTF-8', () => {
  for (const [what, [files, ...places]] of Object.entries(cases)) {
    it(`${what}: ${places.join() || 'nothing is told'}`, async () => {
      const project = new Project(files);
      for (const entry of [project.path('main.js'), given(project, 'main.js')]) {
        const told: string[] = [];
        const stream = dynapack({ root: project.directory }).on(
          'warning',
          ({ code, path, lineNumber, columnNumber }) =>
            told.push(
              [code, path.slice(project.directory.length + 1), lineNumber, columnNumber]
                .filter(Boolean)
                .join(':'),
            ),
        );
        stream.end(entry);
        await finish(stream);
        expect(told).to.deep.equal(places.map((place) => `NOT_UTF8:${place}`));
      }
    });
  }

  it('what a transform gives', async () => {
    const project = new Project({ 'main.js': latin("self.result = 'é';") });
    const codes: string[] = [];
    const stream = dynapack({ root: project.directory }).on('warning', ({ code }) => codes.push(code));
    stream.deps().pipe(stream.mods());
    stream.end(project.path('main.js'));
    await finish(stream);
    expect(codes).to.deep.equal(['NOT_UTF8']);
  });

  it('is told of what the file is now, from build to build', async () => {
    const project = new Project({});
    const cache = dynapack.cache();
    const codesOf = async (contents: string | Buffer): Promise<string[]> => {
      project.write({ 'main.js': contents });
      const codes: string[] = [];
      const stream = dynapack({ root: project.directory, cache }).on('warning', ({ code }) =>
        codes.push(code),
      );
      stream.end(project.path('main.js'));
      await finish(stream);
      return codes;
    };
    // The same text, of other bytes.
    const [whole, damaged] = ["self.result = '\uFFFD';", latin("self.result = 'é';")];
    expect(await codesOf(whole)).to.deep.equal([]);
    expect(await codesOf(damaged)).to.deep.equal(['NOT_UTF8']);
    expect(await codesOf(whole)).to.deep.equal([]);
  });
});

const given = (project: Project, name: string): File =>
  new File({ base: project.directory, path: project.path(name), contents: null });
