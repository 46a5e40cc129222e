const load = (promise = import('./part.mjs')) => promise;
result((await import(`./part.mjs`)).default);
result((await import('./part.mjs', {})).default);
result((await (import('./part.mjs'))).default);
result((await (globalThis ? import('./part.mjs') : import('./other.mjs'))).default);
result((await load()).default);
result((await import(/* webpackChunkName: "part" */ './part.mjs')).default);
result((await import('./data.json', { with: { type: 'json' } })).default);
