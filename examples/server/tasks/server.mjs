import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import dynosrc from 'dynapack/server';
import express from 'express';

dynosrc.globals({ assetsDir: 'assets', releases: 'releases', refresh: 0 });
dynosrc.assets({
  jquery: { source: 'npm' },
  greeting: {
    source: 'git',
    repository: '../repository',
    filename: 'greeting.js',
    head: process.env.GREETING ?? 'v2',
  },
  clock: { head: '1.0.0' },
});

/** The page, with what its visitor lacks of its assets and of the bundles of the entry `home`. */
async function home(request, response) {
  const patches = await dynosrc.getPatches(request, { patches: ['jquery', 'greeting', 'clock', 'home'] });
  const snippet = dynosrc.afterPatches(await readFile('scripts/home.html', 'utf8'));
  const html = await readFile('src/index.html', 'utf8');
  const scripts = [dynosrc.getClientLib(), ...patches, snippet].join('\n');
  response.set('Cache-Control', 'private, no-cache'); // it is for this visitor alone
  response.send(html.replace('<!-- scripts -->', () => scripts));
}

/** Serves the page. Gives the URL once it listens. */
export async function listen(port) {
  const app = express();
  app.use(dynosrc.middleware());
  app.get('/', home);
  app.use('/js', express.static('public/js'));
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${server.address().port}/`;
}
