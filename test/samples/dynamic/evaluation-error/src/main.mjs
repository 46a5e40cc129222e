const first = await import('./throws.mjs').catch((error) => error);
const second = await import('./throws.mjs').catch((error) => error);
result([first === second, String(first)]);
result('runs import');
const third = await import('./imports-it.mjs').catch((error) => error);
result([first === third, String(third)]);
