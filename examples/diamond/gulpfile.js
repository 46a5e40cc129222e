const { once } = require('node:events');
const { readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { createServer } = require('node:http');
const { dest, series, src } = require('gulp');
const dynapack = require('dynapack');

const clean = () =>
  Promise.all(['public', 'scripts'].map((folder) => rm(folder, { recursive: true, force: true })));

/** `a.js` and all it needs → bundles in `public/`, and the snippet for the page in `scripts/a.html`. */
function scripts() {
  const pack = dynapack();
  pack.on('bundled', ({ bundles }) => {
    for (const [name, paths] of Object.entries(bundles))
      console.log(`${name}: ${paths.map(shortName).join(', ')}`);
  });
  return src('src/a.js').pipe(pack).pipe(dest('public')).pipe(pack.scripts()).pipe(dest('scripts'));
}

const shortName = (path) => path.replace(/^.*\/(src|node_modules)\//, '');

/** Puts the snippet into the page. */
async function page() {
  const html = await readFile('src/index.html', 'utf8');
  const snippet = await readFile('scripts/a.html', 'utf8');
  await writeFile(
    'public/index.html',
    html.replace('<!-- scripts -->', () => snippet),
  );
}

const build = series(clean, scripts, page);

/** Serves `public/`: the page and its bundles. */
async function listen() {
  const names = await readdir('public');
  const server = createServer(async ({ url }, response) => {
    const name = url === '/' ? 'index.html' : url.slice(1);
    if (!names.includes(name)) return response.writeHead(404).end();
    console.log(`GET ${url}`);
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html');
    response.end(await readFile(`public/${name}`));
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
  await once(server, 'listening');
  console.log(`Serving http://127.0.0.1:${server.address().port}/`);
}

exports.default = build;
exports.clean = clean;
exports.serve = series(build, listen);
