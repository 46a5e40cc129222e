import { KEPT } from '../lib/messages.js';

/** URLs of all that the site has. The build says what these are: names of bundles hold hashes, so another build has other ones. */
const files = FILES;

/** The cache of this build. */
export const cacheName = `morse ${files.join(' ')}`;

export async function keepFiles() {
  const cache = await caches.open(cacheName);
  await cache.addAll(files);
}

/** Removes what earlier builds have kept. */
export async function removeOld() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith('morse ') && name !== cacheName)
      .map((name) => caches.delete(name)),
  );
}

export async function tellPages() {
  await clients.claim();
  for (const client of await clients.matchAll()) client.postMessage(KEPT);
}
