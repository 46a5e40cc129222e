result('async starts');
await null;
result('async ends');
