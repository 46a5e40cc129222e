result('before');
const value = await new Promise((resolve) => setTimeout(() => resolve(1), 1));
result(value);
await null;
result('after');
