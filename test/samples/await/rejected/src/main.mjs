const fail = (error) => error;
const first = await import('./rejects.mjs').catch(fail);
const again = await import('./rejects.mjs').catch(fail);
const through = await import('./middle.mjs').catch(fail);
result([first === again, first === through, String(first)]);
try {
  await Promise.reject(new Error('caught inside'));
} catch ({ message }) {
  result(message);
}
