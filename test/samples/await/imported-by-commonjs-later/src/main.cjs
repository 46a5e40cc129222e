import('./later.mjs').then(({ value }) => result(value));
result('sync');
