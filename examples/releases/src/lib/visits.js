/**
 * The visits of this browser, kept in its localStorage.
 *
 * What a visit has downloaded is what the browser says. What it would have downloaded without patches are all bundles whose
 * URLs the browser has not had before: it keeps those, and they never change.
 */

/** What `transferSize` counts for headers, by the standard. */
const HEADERS = 300;

const read = (key) => JSON.parse(localStorage.getItem(key) ?? '[]');
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Bundles and patches that came over the network: name and bytes, headers included. */
const downloads = () =>
  performance
    .getEntriesByType('resource')
    .map(({ name, transferSize }) => ({ path: new URL(name).pathname, bytes: transferSize }))
    .filter(({ path, bytes }) => path.startsWith('/js/') && bytes > 0)
    .map(({ path, bytes }) => ({ name: path.slice('/js/'.length), bytes }));

/**
 * Adds this visit and gives all, the oldest first.
 * @param bundles URL → bytes of its compressed body, of all that the page needs
 */
export function recordVisit({ number, bundles }) {
  const held = new Set(read('held'));
  const missing = Object.entries(bundles).filter(([url]) => !held.has(url));
  const files = downloads();
  const visit = {
    release: number,
    files,
    downloaded: sum(files.map(({ bytes }) => bytes)),
    withoutPatches: sum(missing.map(([, bytes]) => bytes + HEADERS)),
  };
  const visits = [...read('visits'), visit];
  write('visits', visits);
  write('held', [...held, ...missing.map(([url]) => url)]);
  return visits;
}
