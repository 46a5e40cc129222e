/**
 * The service worker: answers a request that has the integrity of a text in the store with this text. It keeps nothing
 * and decides nothing; `updates/store.ts` tells what it finds.
 */
addEventListener('fetch', function (event) {
  var request = (event as FetchEvent).request;
  var integrity = request.integrity;
  if (/^sha256-.{44}$/.test(integrity)) (event as FetchEvent).respondWith(answer(request, integrity));
});

/** The text from the store, else what the network gives. */
function answer(request: Request, integrity: string): Promise<Response> {
  var version = integrity.slice(7, 18).replace(/\+/g, '-').replace(/\//g, '_');
  return caches
    .match(location.origin + '/dynapack/' + version, { cacheName: 'dynapack' })
    .then(function (entry) {
      return entry || Promise.reject();
    })
    .catch(function () {
      return fetch(request);
    });
}
