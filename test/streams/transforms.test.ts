import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { eachStream } from '../helpers/each-stream';
import { failure, finish } from '../helpers/pack';
import { Project } from '../helpers/project';

const twoModules = {
  'main.js': "self.result = require('./part');",
  'part.js': "module.exports = 'part';",
};

function edit(file: File, change: (text: string) => string): File {
  file.contents = Buffer.from(change(String(file.contents)));
  return file;
}

eachStream('transforms between deps() and mods()', (streams) => {
  /** A pack of one entry with one transform spliced in, ended. */
  function spliced(
    project: Project,
    transform: NodeJS.ReadWriteStream,
    options?: dynapack.Options,
    entry = 'main.js',
  ) {
    const pack = dynapack({ root: project.directory, ...options });
    pack.deps().pipe(transform).pipe(pack.mods());
    pack.end(project.path(entry));
    return pack;
  }

  it('change contents', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) =>
      callback(
        null,
        edit(file, (text) => text.replace("'part'", "'changed'")),
      ),
    );
    const { page } = await (await finish(spliced(project, transform))).visit('main');
    expect(page.result).to.equal('changed');
  });

  it('may add a dependency', async () => {
    const project = new Project({ ...twoModules, 'added.js': 'self.added = true;' });
    const transform = streams.transform((file, callback) =>
      callback(null, file.stem === 'part' ? edit(file, (text) => `require('./added');${text}`) : file),
    );
    const { page } = await (await finish(spliced(project, transform))).visit('main');
    expect(page.added).to.equal(true);
  });

  it('may rename a File: it stays the module it was', async () => {
    const project = new Project({ 'main.js': "self.result = require('./part.txt');", 'part.txt': 'hello' });
    const transform = streams.transform((file, callback) => {
      if (file.extname === '.txt') {
        file.extname = '.js';
        edit(file, (text) => `module.exports = ${JSON.stringify(text)};`);
      }
      callback(null, file);
    });
    const { page } = await (await finish(spliced(project, transform))).visit('main');
    expect(page.result).to.equal('hello');
  });

  it('may clone Files', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) => callback(null, file.clone()));
    const { page } = await (await finish(spliced(project, transform))).visit('main');
    expect(page.result).to.equal('part');
  });

  it('may pass a clone under another path before the File', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) => callback(null, file));
    const copying = new Transform({
      objectMode: true,
      transform(file: File, _encoding, callback) {
        const copy = edit(file.clone(), () => "self.copied = require('./gone');");
        copy.path = `${file.path}.copy.js`;
        this.push(copy);
        this.push(file);
        callback();
      },
    });
    const pack = dynapack({ root: project.directory });
    pack.deps().pipe(copying).pipe(transform).pipe(pack.mods());
    pack.end(project.path('main.js'));
    const packed = await finish(pack);
    expect(Object.values(packed.metadata.bundles).flat()).to.have.members([
      project.path('main.js'),
      project.path('part.js'),
    ]);
    expect((await packed.visit('main')).page)
      .to.include({ result: 'part' })
      .and.not.have.property('copied');
  });

  it('may pass a clone under another path beside the File', async () => {
    const project = new Project(twoModules);
    const pending: File[] = [];
    const transform = streams.transform(
      (file, callback) => {
        const copy = file.clone();
        copy.path = `${file.path}.copy.js`;
        pending.push(copy);
        callback(null, file);
      },
      (push, callback) => {
        for (const copy of pending) push(copy);
        callback();
      },
    );
    const packed = await finish(spliced(project, transform));
    expect(Object.values(packed.metadata.bundles).flat()).to.have.members([
      project.path('main.js'),
      project.path('part.js'),
    ]);
  });

  it('may add a File that is on no disk, and modules may require it', async () => {
    const project = new Project({ 'main.js': "self.result = require('./made');" });
    const transform = streams.transform(
      (file, callback) => callback(null, file),
      (push, callback) => {
        const path = project.path('made.js');
        push(new File({ path, base: dirname(path), contents: Buffer.from("module.exports = 'made';") }));
        callback();
      },
    );
    const { page } = await (await finish(spliced(project, transform))).visit('main');
    expect(page.result).to.equal('made');
  });

  it('that drop a File fail the build, naming the module', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) =>
      file.stem === 'part' ? callback() : callback(null, file),
    );
    const error = await failure(finish(spliced(project, transform, { timeout: 0.5 })));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.message).to.include(project.path('part.js')).and.not.include(project.path('main.js'));
  });

  it('that hold Files until the end fail the build, naming the modules', async () => {
    const project = new Project(twoModules);
    const held: File[] = [];
    const transform = streams.transform(
      (file, callback) => {
        held.push(file);
        callback();
      },
      (push, callback) => {
        for (const file of held) push(file);
        callback();
      },
    );
    const error = await failure(finish(spliced(project, transform, { timeout: 0.5 })));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.message).to.include(project.path('main.js'));
  });

  it('that replace a File by a new one under another path fail the build, saying how to keep it', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) =>
      callback(null, new File({ path: `${file.path}.out.js`, contents: file.contents as Buffer })),
    );
    const error = await failure(finish(spliced(project, transform, { timeout: 0.5 })));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.toString()).to.include('clone()');
  });

  describe('that make new Files, without the history of the old ones', () => {
    const files = {
      'main.ts':
        "import { part } from './part'; import { same } from './same.js'; self.result = [part, same];",
      'part.tsx': "export const part: string = self.part = 'part';",
      'same.ts': "export const same: string = self.same = 'same';",
    };
    const compiled = (file: File, extension = '.js'): File =>
      new File({
        base: file.base,
        path: file.path.replace(/\.\w+$/, extension),
        contents: Buffer.from(String(file.contents).replace(': string', '')),
      });

    it('may call them what TypeScript does', async () => {
      const project = new Project(files);
      const transform = streams.transform((file, callback) => callback(null, compiled(file)));
      const packed = await finish(spliced(project, transform, {}, 'main.ts'));
      expect(Object.values(packed.metadata.bundles).flat()).to.include.members(
        Object.keys(files).map((name) => project.path(name)),
      );
      expect((await packed.visit('main')).page.result).to.deep.equal(['part', 'same']);
    });

    it('beside them pass on the old ones, which are the modules', async () => {
      const project = new Project(files);
      const transform = new Transform({
        objectMode: true,
        transform(file: File, _encoding, callback) {
          const made = compiled(file);
          made.contents = Buffer.from('self.made = 1;');
          this.push(made);
          callback(
            null,
            edit(file, (text) => text.replace(': string', '')),
          );
        },
      });
      const packed = await finish(spliced(project, transform, {}, 'main.ts'));
      const { page } = await packed.visit('main');
      expect(page.result).to.deep.equal(['part', 'same']);
      expect(page).not.to.have.property('made');
    });

    it('fail the build where it is not clear of which they are', async () => {
      const main = "import './same.ts'; import './same.tsx';";
      const project = new Project({ ...files, 'main.ts': main, 'same.tsx': 'self.other = 1;' });
      const held: File[] = [];
      const transform = new Transform({
        objectMode: true,
        transform(file: File, _encoding, callback) {
          if (file.stem === 'same') held.push(file);
          else this.push(compiled(file));
          if (held.length === 2) for (const each of held.splice(0)) this.push(compiled(each));
          callback();
        },
      });
      const error = await failure(finish(spliced(project, transform, { timeout: 0.5 }, 'main.ts')));
      expect(error.code).to.equal('MODULES_LOST');
    });
  });

  it('that take away the contents fail the build, naming the File', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) => {
      file.contents = null;
      callback(null, file);
    });
    const error = await failure(finish(spliced(project, transform)));
    expect(error.code).to.equal('NO_CONTENTS');
    expect(error.message).to.include(project.path('main.js'));
  });

  it('that give what is no File fail the build', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((_file, callback) => callback(null, { path: 'x' } as File));
    expect((await failure(finish(spliced(project, transform)))).code).to.equal('NO_CONTENTS');
  });

  it('are destroyed when the build fails', async () => {
    const project = new Project({ 'main.js': 'var = ;' });
    const transform = streams.transform((file, callback) =>
      callback(null, file),
    ) as NodeJS.ReadWriteStream & {
      destroyed: boolean;
    };
    await failure(finish(spliced(project, transform)));
    expect(transform.destroyed).to.equal(true);
  });

  it('that fail, fail the pack with their error', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((_file, callback) => callback(new Error('transform broke')));
    expect((await failure(finish(spliced(project, transform)))).message).to.equal('transform broke');
  });

  it('that fail behind another one, fail the pack with their error', async () => {
    const project = new Project(twoModules);
    const pass = streams.transform((file, callback) => callback(null, file));
    const broken = streams.transform((_file, callback) => callback(new Error('second broke')));
    const pack = dynapack({ root: project.directory });
    pack.deps().pipe(pass).pipe(broken).pipe(pack.mods());
    pack.end(project.path('main.js'));
    expect((await failure(finish(pack))).message).to.equal('second broke');
  });
});

describe('deps() and mods()', () => {
  it('deps() that is piped nowhere fails the build, saying so', async () => {
    const project = new Project(twoModules);
    const pack = dynapack({ timeout: 0.5 });
    pack.deps();
    pack.end(project.path('main.js'));
    const error = await failure(finish(pack));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.toString()).to.include('piped nowhere');
  });

  it('a module written to mods() by hand is a module', async () => {
    const project = new Project({});
    const pack = dynapack({ root: project.directory });
    const path = project.path('main.js');
    pack.mods().write(new File({ path, contents: Buffer.from('self.result = 1;') }));
    pack.end(path);
    expect((await (await finish(pack)).visit('main')).page.result).to.equal(1);
  });

  it('Files that are written to mods() are modules by the names that options give them, on no disk', async () => {
    const project = new Project({
      'main.js': `import { name } from 'virtual:site'; import part from '#parts/one'; import W from './here/w.js?worker';
        import text from 'virtual:note'; self.result = [name, part, text, W.name];`,
      'lib/deep.js': "export const deep = 'deep';",
      'tsconfig.json': { compilerOptions: { paths: { '#parts/*': ['./generated/*'] } } },
      'here/w.js': 'postMessage(1)',
    });
    const pack = dynapack({
      root: project.directory,
      resolve: {
        alias: { 'virtual:site': './virtual/site.js', 'virtual:note': './virtual/note.json' },
        tsconfig: 'tsconfig.json',
      },
    });
    const files = {
      'virtual/site.js': "import { deep } from '../lib/deep.js'; export const name = `site ${deep}`;",
      'virtual/note.json': '"note"',
      'generated/one.ts': "export { default } from './two';",
      'generated/two.js': "export default 'two';",
    };
    for (const [name, text] of Object.entries(files))
      pack.mods().write(new File({ path: project.path(name), contents: Buffer.from(text) }));
    pack.end(project.path('main.js'));
    const packed = await finish(pack);
    expect((await packed.visit('main')).page.result).to.deep.equal(['site deep', 'two', 'note', 'default']);
  });

  it('mods() that is ended by hand fails the build, naming what is missing', async () => {
    const project = new Project(twoModules);
    const pack = dynapack();
    pack
      .deps()
      .on('data', () => pack.mods().end())
      .resume();
    pack.end(project.path('main.js'));
    const error = await failure(finish(pack));
    expect(error.code).to.equal('MODS_ENDED');
    expect(error.message).to.include('main.js');
  });

  it('a File added when the transform ends may not need what is not read yet', async () => {
    const project = new Project({ 'main.js': '', 'other.js': '' });
    const pack = dynapack();
    const transform = new Transform({
      objectMode: true,
      transform: (file, _encoding, callback) => callback(null, file),
      flush(callback) {
        callback(
          null,
          new File({ path: project.path('late.js'), contents: Buffer.from("require('./other');") }),
        );
      },
    });
    pack.deps().pipe(transform).pipe(pack.mods());
    pack.end(project.path('main.js'));
    const error = await failure(finish(pack));
    expect(error.code).to.equal('TOO_LATE');
    expect(error.message).to.include('other.js').and.include('late.js');
  });

  it('a module that comes twice is a warning', async () => {
    const project = new Project({ 'main.js': '' });
    const pack = dynapack();
    const warnings: dynapack.WarningEvent[] = [];
    pack.on('warning', (warning) => warnings.push(warning));
    const twice = new Transform({
      objectMode: true,
      transform(file: File, _encoding, callback) {
        this.push(file.clone());
        callback(null, file);
      },
    });
    pack.deps().pipe(twice).pipe(pack.mods());
    pack.end(project.path('main.js'));
    await finish(pack);
    expect(warnings).to.have.length(1);
    const [{ hint, ...warning }] = warnings as [dynapack.WarningEvent];
    expect(warning).to.deep.equal({
      code: 'MODULE_TWICE',
      message: 'came through mods() twice',
      path: project.path('main.js'),
    });
    expect(hint).to.include('once');
  });

  it('deps() reads no further ahead than a slow transform lets it', async () => {
    const count = 500;
    const files: Record<string, string> = {};
    for (let index = 0; index < count; index++) files[`m${index}.js`] = '';
    files['main.js'] = Object.keys(files)
      .map((name) => `require('./${name}');`)
      .join('');
    const project = new Project(files);
    const pack = dynapack();
    let passed = 0;
    let read = 0;
    let furthest = 0;
    const slow = new Transform({
      objectMode: true,
      highWaterMark: 1,
      transform(file, _encoding, callback) {
        setImmediate(() => {
          passed++;
          callback(null, file);
        });
      },
    });
    pack.deps().on('data', () => {
      read++;
      furthest = Math.max(furthest, read - passed);
    });
    pack.deps().pipe(slow).pipe(pack.mods());
    pack.end(project.path('main.js'));
    await finish(pack);
    expect(passed).to.equal(count + 1);
    expect(furthest).to.be.lessThan(100);
  });

  it('is the same in every order of arrival', async () => {
    const files: Record<string, string> = { 'main.js': '' };
    for (let index = 0; index < 20; index++) {
      files[`m${index}.js`] =
        `require('./m${(index * 7 + 1) % 20}'); var later = './m${(index * 3) % 20}' /*js*/;`;
      files['main.js'] += `var x${index} = './m${index}' /*js*/;`;
    }
    const project = new Project(files);
    const outputs: unknown[] = [];
    for (let seed = 1; seed <= 5; seed++) {
      const pack = dynapack({ root: project.directory });
      let random = seed;
      const shuffled = new Transform({
        objectMode: true,
        transform(file, _encoding, callback) {
          random = (random * 48271) % 2147483647;
          setTimeout(() => this.push(file), random % 10);
          callback();
        },
      });
      pack.deps().pipe(shuffled).pipe(pack.mods());
      pack.end(project.path('main.js'));
      const { bundles, scripts, metadata } = await finish(pack);
      outputs.push({ bundles, scripts, metadata });
    }
    for (const output of outputs) expect(output).to.deep.equal(outputs[0]);
  });
});
