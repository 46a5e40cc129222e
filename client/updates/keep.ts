/** Characters that the store may hold, of bundles that are not on the page. */
var STORE_LIMIT = 5e7;

/** A bundle that has arrived, and whether it came as a whole, which is then not in the store. */
type Arrival = [config: LoaderConfig, bundle: ConfiguredBundle, isWhole?: 1];

/** What has arrived since the store was last looked after. */
var arrivals: Arrival[] = [];

/** Notes that a bundle is in use. The store is looked after when the page has nothing better to do. */
function remember(arrival: Arrival): void {
  function wait(): void {
    // Where there is no such function, this may be the name of an element.
    (self.requestIdleCallback instanceof Function ? requestIdleCallback : setTimeout)(keepArrivals);
  }
  if (arrivals.push(arrival) > 1) return;
  if (ofDocument('readyState') === 'complete') wait();
  else addEventListener('load', wait);
}

/** Drops old versions, puts copies of new ones into the store, and registers the worker for the next visit. */
function keepArrivals(): void {
  var arrived = arrivals.splice(0);
  openStore()
    .then(function () {
      return dropOldVersions(arrived);
    })
    .then(function () {
      arrived.forEach(function (arrival) {
        if (arrival[2]) copy(arrival[0], arrival[1]).catch(ignore);
      });
      var worker = arrived[0]![0].w;
      return worker && register(worker);
    })
    .catch(ignore);
}

/** Keeps two versions of each bundle, the newest ones, or what the page uses and the newest one besides. */
function dropOldVersions(arrived: Arrival[]): Promise<unknown> {
  var counts: Table<number> = Object.create(null);
  var size = 0;
  var used = arrived.map(function (arrival) {
    counts[idOf(arrival[0], arrival[1])] = 1;
    return versionOf(arrival[1]);
  });
  return store.matchAll().then(function (entries) {
    return Promise.all(
      // They are in the order in which they were put.
      entries
        .slice()
        .reverse()
        .map(function (entry) {
          var facts = factsOf(entry);
          size += +facts[2];
          return (
            used.indexOf(facts[0]) < 0 &&
            ((counts[facts[1]] = (counts[facts[1]] || 0) + 1) > 2 || size > STORE_LIMIT) &&
            store.delete(addressOf(facts[0]))
          );
        }),
    );
  });
}
