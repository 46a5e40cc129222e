try {
  await import('./broken.mjs');
} catch (error) {
  result(`caught ${error}`);
}
const { default: part } = (await import('./part.mjs')) ?? {};
result(part);
result(part && (await import('./part.mjs')).default);
result((await Promise.all([1, 2].map(() => import('./part.mjs')))).map(({ default: each }) => each));
