result('starts');
await Promise.reject(new Error('rejected'));
result('never');
