const make = (log, failing = false) => ({
  [Symbol.asyncIterator]: () => ({
    n: 0,
    async next() {
      if (failing) throw 'failed';
      return { value: this.n, done: this.n++ > 0 };
    },
    async return() {
      log.push('return');
      return {};
    },
  }),
});
let log = ['break'];
for await (const each of make(log)) break;
result(log);
log = ['throw'];
try {
  for await (const each of make(log)) throw log.push('thrown');
} catch {}
result(log);
log = ['fails'];
try {
  for await (const each of make(log, true));
} catch (error) {
  log.push(error);
}
result(log);
log = ['done'];
for await (const each of make(log));
result(log);
