result('b starts');
await null;
result('b ends');
