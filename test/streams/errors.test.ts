/** Errors follow the data: whatever the pack is piped into fails with it, however late the error comes. */
import { Writable } from 'node:stream';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { eachStream, type Streams } from '../helpers/each-stream';
import { Running } from '../helpers/process';
import { Project } from '../helpers/project';

type Failing = NodeJS.EventEmitter;

/** The error a stream ends with; fails when it ends well. */
function errorOf(stream: Failing): Promise<dynapack.DynapackError> {
  return new Promise((onError, onFailure) => {
    stream.on('error', onError);
    for (const event of ['finish', 'end']) {
      stream.on(event, () => onFailure(new Error(`${event} without an error`)));
    }
  });
}

/** Main is read, and ended, before the error in its dependency is found. */
const lateError = { 'main.js': "require('./part');", 'part.js': "require('./gone');" };

eachStream('errors of a pack', (streams: Streams) => {
  function start(files: Record<string, string> = lateError): dynapack.Pack {
    const project = new Project(files);
    const pack = dynapack({ root: project.directory });
    streams.from([project.path('main.js')]).pipe(pack);
    return pack;
  }

  it('reach a destination', async () => {
    const sink = start().pipe(streams.sink());
    expect((await errorOf(sink)).code).to.equal('MODULE_NOT_FOUND');
  });

  it('reach a destination piped to later', async () => {
    const pack = start();
    await new Promise((onTurn) => setImmediate(onTurn));
    expect((await errorOf(pack.pipe(streams.sink()))).code).to.equal('MODULE_NOT_FOUND');
  });

  it('reach what scripts() is piped into', async () => {
    const pack = start();
    const pass = streams.transform((file, callback) => callback(null, file));
    pass.on('error', () => {});
    const sink = pack.pipe(pass).pipe(pack.scripts()).pipe(streams.sink());
    expect((await errorOf(sink)).code).to.equal('MODULE_NOT_FOUND');
  });

  it('reach several destinations', async () => {
    const pack = start();
    const sinks = [streams.sink(), streams.sink()];
    for (const sink of sinks) pack.pipe(sink);
    const errors = await Promise.all(sinks.map(errorOf));
    expect(errors.map(({ code }) => code)).to.deep.equal(['MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);
  });

  it('of scripts() itself reach its destination', async () => {
    const pack = start({ 'main.js': '' });
    const scripts = pack.scripts();
    const packed = new Promise((onEnd) => pack.resume().on('end', onEnd));
    const sink = scripts.pipe(streams.sink());
    scripts.end(7);
    expect((await errorOf(sink)).code).to.equal('INVALID_ALIAS');
    await packed;
  });

  it('are none when all goes well', async () => {
    const pack = start({ 'main.js': '' });
    const sink = pack.pipe(streams.sink());
    await new Promise((onFinish, onError) => {
      sink.on('finish', onFinish);
      sink.on('error', onError);
    });
  });
});

describe('errors of a pack that nothing is piped to', () => {
  /** Runs a script with a pack of a missing entry in a process of its own. */
  async function run(body: string) {
    const project = new Project({
      'run.js': `const pack = require('dynapack')(); ${body} pack.end('/gone.js');`,
    });
    project.link('dynapack');
    return new Running(process.execPath, ['run.js'], project.directory).finished;
  }

  it('are not silent: without a listener they end the process', async () => {
    const { code, output } = await run("pack.on('data', () => {});");
    expect(code).to.not.equal(0);
    expect(output).to.include('NOT_FOUND').and.include('/gone.js');
  });

  it('are handled by a listener of the pack, though scripts() was called', async () => {
    const { code, output } = await run(
      "pack.scripts(); pack.on('error', (error) => console.log('handled', error.code));",
    );
    expect(output).to.equal('handled NOT_FOUND\n');
    expect(code).to.equal(0);
  });

  it('reach what is piped to after them', async () => {
    const pack = dynapack();
    const error = errorOf(pack);
    pack.end('/gone.js');
    await error;
    const sink = new Writable({ objectMode: true, write: (_file, _encoding, callback) => callback() });
    const reached = errorOf(sink);
    pack.pipe(sink);
    expect((await reached).code).to.equal('NOT_FOUND');
  });

  it('do not reach what was unpiped', async () => {
    const pack = dynapack();
    const sink = new Writable({ objectMode: true, write: (_file, _encoding, callback) => callback() });
    pack.pipe(sink);
    pack.unpipe(sink);
    const error = errorOf(pack);
    pack.end('/gone.js');
    await error;
    expect(sink.destroyed).to.equal(false);
  });
});
