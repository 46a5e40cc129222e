/** Errors and warnings name places of the files that people have written, where a transform tells what it has made of them. */
import { expect } from 'chai';
import { transform } from 'esbuild';
import { objectTransform } from 'through2';
import type File from 'vinyl';

import dynapack = require('../../lib/index');

import { Project, type ProjectFiles } from '../helpers/project';

type Told = Pick<dynapack.DynapackError, 'code' | 'fileName' | 'lineNumber' | 'columnNumber' | 'frame'>;

/** What esbuild makes of TypeScript, with its source map, as docs/transforms.md has it. */
const typescript = (change: (file: File) => void) =>
  objectTransform(async (file: File) => {
    if (file.extname !== '.ts') return file;
    const { code, map } = await transform(String(file.contents), {
      loader: 'tsx',
      jsx: 'preserve',
      sourcemap: 'external',
      sourcefile: file.path,
    });
    file.contents = Buffer.from(code);
    file.sourceMap = JSON.parse(map);
    file.extname = '.js';
    change(file);
    return file;
  });

/** Builds main.ts, and gives the error and the warnings. */
async function build(files: ProjectFiles, change: (file: File) => void = () => undefined) {
  const project = new Project(files);
  const pack = dynapack({ root: project.directory });
  const warnings: dynapack.WarningEvent[] = [];
  pack.on('warning', (warning) => warnings.push(warning));
  pack.deps().pipe(typescript(change)).pipe(pack.mods());
  const error = await new Promise<Told | undefined>((resolve) => {
    pack.on('error', (failure: Told) => resolve(failure)).on('end', () => resolve(undefined));
    pack.resume();
    pack.end(project.path('main.ts'));
  });
  return { error, warnings, path: (name: string) => project.path(name) };
}

const TYPES = 'interface Point {\n  x: number;\n}\n\n';

describe('places of what a transform has made', () => {
  it('are those of the source, in errors about modules and names', async () => {
    const missing = await build({
      'main.ts': `${TYPES}const a: Point = { x: 1 };\nimport { b } from './gone';\nb(a);\n`,
    });
    expect(missing.error).to.include({
      code: 'MODULE_NOT_FOUND',
      fileName: missing.path('main.ts'),
      lineNumber: 6,
      columnNumber: 19,
    });
    expect(missing.error?.frame).to.include("> 6 | import { b } from './gone';");
    const nameless = await build({
      'main.ts': `${TYPES}import { c } from './other';\nc({ x: 1 } as Point);\n`,
      'other.ts': 'export const other: number = 1;\n',
    });
    expect(nameless.error).to.include({ code: 'NO_EXPORT', lineNumber: 5 });
    expect(nameless.error?.frame).to.include("> 5 | import { c } from './other';");
  });

  it('are those of the source in errors of syntax that the transform has left', async () => {
    const jsx = await build({
      'main.ts': `${TYPES}const a: Point = { x: 1 };\nself.menu = <b>{a}</b>;\n`,
    });
    expect(jsx.error).to.include({ code: 'SYNTAX_ERROR', lineNumber: 6, columnNumber: 13 });
    expect(jsx.error?.frame).to.include('> 6 | self.menu = <b>{a}</b>;');
    const strict = await build({
      'main.ts': `${TYPES}export const b: Point[] = [];\nself.f = /(/;\n`,
    });
    expect(strict.error).to.include({ code: 'SYNTAX_ERROR', lineNumber: 6 });
  });

  it('are those of the source in warnings', async () => {
    const { warnings, path } = await build({
      'main.ts': `${TYPES}declare const require: (name: string) => unknown;\nconst name: string = self.name;\nrequire(name);\n`,
    });
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.include({ path: path('main.ts'), lineNumber: 7, columnNumber: 9 });
  });

  for (const [what, change] of Object.entries<(file: File) => void>({
    'has no map': (file) => {
      file.sourceMap = undefined;
    },
    'has a map without the source': (file) => {
      file.sourceMap.sourcesContent = undefined;
    },
    'has a map that says nothing': (file) => {
      file.sourceMap.mappings = '';
    },
  })) {
    it(`are those of the text, where that ${what}`, async () => {
      const { error } = await build({ 'main.ts': `${TYPES}import { b } from './gone';\nb();\n` }, change);
      expect(error).to.include({ code: 'MODULE_NOT_FOUND', lineNumber: 1 });
    });
  }
});
