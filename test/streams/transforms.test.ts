import { dirname } from 'node:path';
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
  /** A pack of main.js with one transform spliced in, ended. */
  function spliced(project: Project, transform: NodeJS.ReadWriteStream, options?: dynapack.Options) {
    const pack = dynapack({ root: project.directory, ...options });
    pack.deps().pipe(transform).pipe(pack.mods());
    pack.end(project.path('main.js'));
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
    const error = await failure(finish(spliced(project, transform, { timeout: 0.1 })));
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
    const error = await failure(finish(spliced(project, transform, { timeout: 0.1 })));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.message).to.include(project.path('main.js'));
  });

  it('that replace a File by a new one under another path fail the build, saying how to keep it', async () => {
    const project = new Project(twoModules);
    const transform = streams.transform((file, callback) =>
      callback(null, new File({ path: `${file.path}.out.js`, contents: file.contents as Buffer })),
    );
    const error = await failure(finish(spliced(project, transform, { timeout: 0.1 })));
    expect(error.code).to.equal('MODULES_LOST');
    expect(error.toString()).to.include('clone()');
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
