const attempt = (promise) => promise.then(() => 'fulfilled', (thrown) => thrown);
result(String(await attempt(import('./null.mjs'))));
result(await attempt(import('./undefined.mjs')));
result(await attempt(import('./text.mjs')));
result(await attempt(import('./object.cjs')));
