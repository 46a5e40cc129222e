/**
 * The service worker: answers a request that has the integrity of a text in the store with this text. It decides nothing;
 * `updates/store.ts` tells what it finds. What it downloads it leaves for the page to copy, see `updates/copy.ts`. A site's own
 * worker may import it: what that one answers first, this one does not see.
 */

// Pages have copied by now what an earlier run has left.
caches.delete('dynapack-arrived');

addEventListener('fetch', function (event) {
  var request = (event as FetchEvent).request;
  var integrity = request.integrity;
  if (/^sha256-.{44}$/.test(integrity))
    (event as FetchEvent).respondWith(answer(event as FetchEvent, request, integrity));
});

/** The text from the store, else what the network gives, else what the site keeps by itself. */
function answer(event: FetchEvent, request: Request, integrity: string): Promise<Response> {
  var version = integrity.slice(7, 18).replace(/\+/g, '-').replace(/\//g, '_');
  return caches
    .match(location.origin + '/dynapack/' + version, { cacheName: 'dynapack' })
    .then(function (entry) {
      return entry || Promise.reject();
    })
    .catch(function () {
      return fetch(request).then(
        function (response) {
          leave(event, request.url, response.clone());
          return response;
        },
        function (error) {
          return caches.match(request).then(function (kept) {
            return kept || Promise.reject(error);
          });
        },
      );
    });
}

/** Leaves what has been downloaded for the page. That there is no room is no error. */
function leave(event: FetchEvent, url: string, response: Response): void {
  event.waitUntil(
    caches
      .open('dynapack-arrived')
      .then(function (arrived) {
        return arrived.put(url, response);
      })
      .catch(function () {}),
  );
}
