/** `npm run bench`: alone, dynapack beside other bundlers; with `split`, `patches`, `releases`, `session`, `server` or `styles` first, these by themselves. */
const [name] = process.argv.slice(2);
const benches: Record<string, string> = {
  split: './split',
  patches: './patches/index',
  releases: './releases',
  session: './session/index',
  server: './server/index',
  styles: './styles/index',
};

if (name !== undefined && Object.hasOwn(benches, name)) process.argv.splice(2, 1);
require(benches[name ?? ''] ?? './index');
