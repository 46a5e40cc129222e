/** Under `gulp.watch`, files that come and go below patterns build again. */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { gulp } from '../helpers/process';
import { Project } from '../helpers/project';
import { visitDirectory } from '../helpers/visit';

const GULPFILE = `const { src, dest, watch } = require('gulp');
const dynapack = require('dynapack');
const cache = dynapack.cache();
function scripts() {
  const pack = dynapack({ prefix: '/js/', cache });
  return src('src/pages/*.js')
    .pipe(pack)
    .pipe(dest('public/js'))
    .pipe(pack.scripts())
    .pipe(dest('views/scripts'));
}
exports.watch = function watchScripts() {
  const watcher = watch('src/pages/*.js', { ignoreInitial: false }, scripts);
  cache.on('change', (path) => watcher.emit('change', path));
};`;

const HOME = `self.result = Object.keys(import.meta.glob('../{widgets,later}/**/*.js', { eager: true }));
import(\`../locales/\${self.language || 'de'}.js\`).then((found) => self.result.push(found.default), (error) => self.result.push(error.code));`;

describe('patterns under gulp.watch', () => {
  it('mean what is there', async () => {
    const project = new Project({
      'gulpfile.js': GULPFILE,
      'src/pages/home.js': HOME,
      'src/widgets/a.js': '',
      'src/locales/en.js': 'export default "english";',
    }).link('gulp', 'dynapack');
    const read = async (): Promise<unknown> => {
      const snippet = readFileSync(project.path('views/scripts/home.html'), 'utf8');
      const opened = await visitDirectory(project.path('public/js'), snippet);
      await opened.settle();
      return opened.page.result;
    };
    const watching = gulp(project.directory, 'watch');
    const built = /Finished 'scripts'/;
    await watching.next(built);
    expect(await read()).to.deep.equal(['../widgets/a.js', 'MODULE_NOT_FOUND']);
    project.write({ 'src/locales/de.js': 'export default "deutsch";' });
    await watching.next(built);
    expect(await read()).to.deep.equal(['../widgets/a.js', 'deutsch']);
    project.write({ 'src/later/deep/b.js': '' });
    await watching.next(built);
    // The directory and the file may have come in two builds.
    for (let turn = 0; turn < 20 && !((await read()) as unknown[]).includes('../later/deep/b.js'); turn++)
      await watching.next(built);
    expect(await read()).to.deep.equal(['../later/deep/b.js', '../widgets/a.js', 'deutsch']);
    renameSync(project.path('src/widgets'), project.path('src/gone'));
    await watching.next(built);
    expect(await read()).to.deep.equal(['../later/deep/b.js', 'deutsch']);
    rmSync(project.path('src/locales/de.js'));
    await watching.next(built);
    expect(await read()).to.deep.equal(['../later/deep/b.js', 'MODULE_NOT_FOUND']);
    await watching.stop();
  });
});
