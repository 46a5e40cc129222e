/** Source maps of scripts that stand alone lead to the sources, also where modules are minified. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush, type Pipe } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { placeOf, type Traced, traceFile } from '../maps/trace';

const forms: Record<string, ProjectFiles> = {
  CommonJS: {
    'main.js': "/*! licence */\nmodule.exports = ['text 1 of main', require('./other')];\n",
    'other.js': "\n\nmodule.exports = 'text 1 of other';\n",
  },
  'ES modules': {
    'main.mjs': "import other from './other.mjs';\nexport const long = ['text 1 of main', other];\n",
    'other.mjs': "// a comment\nexport default 'text 1 of other';\n",
  },
  'ES modules that are asked for later': {
    'main.mjs':
      "export const long = ['text 1 of main', import.meta.url];\nexport const later = () => import('./other.mjs');\n",
    'other.mjs': "// a comment\nexport default 'text 1 of other';\n",
  },
};

async function trace(files: ProjectFiles, option: dynapack.Options, pipe: Pipe): Promise<Traced> {
  const project = new Project(files);
  const pack = hush(dynapack({ root: project.directory, sourcemaps: true, ...option }));
  pack.end(project.path(Object.keys(files)[0] as string));
  const { files: made } = await finish(pack, undefined, pipe(pack));
  expect(made).to.have.length(1);
  return traceFile(made[0] as (typeof made)[number]);
}

const pipes: Record<string, Pipe> = { '': (pack) => pack, ', minified': (pack) => pack.pipe(pack.minify()) };

describe('source maps of scripts that stand alone', () => {
  for (const [form, files] of Object.entries(forms))
    for (const [how, pipe] of Object.entries(pipes))
      it(`lead to the sources: ${form}${how}`, async () => {
        const [entry] = Object.keys(files) as [string];
        for (const option of [{ standalone: [entry] }, { library: { [entry]: 'Lib' } }]) {
          const traced = await trace(files, option, pipe);
          for (const [source, text] of Object.entries(files)) {
            const [found] = /text [\w ]+/.exec(String(text)) as unknown as [string];
            const quoted = ['"', "'", '`']
              .map((quote) => quote + found)
              .find((each) => traced.text.includes(each));
            const original = traced.originalOf(quoted as string);
            const { line, column } = placeOf(String(text), `'${found}`);
            expect([original.source, original.line, original.column], found).to.deep.equal([
              source,
              line,
              column,
            ]);
          }
        }
      });
});
