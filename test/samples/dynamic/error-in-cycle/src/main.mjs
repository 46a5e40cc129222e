const first = await import('./a.mjs').catch((error) => error);
const second = await import('./b.mjs').catch((error) => error);
result([first === second, String(first)]);
result((await import('./leaf.mjs')).default);
