import { cacheName } from './keep.js';

/** What is kept. */
const kept = async (request) => (await caches.open(cacheName)).match(request);

/** Pages come from the network where there is one; what has a hash in its name is what it was. */
export async function answer(request) {
  if (request.mode !== 'navigate') return (await kept(request)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch {
    return (await kept('/')) ?? Response.error();
  }
}
