result('a starts');
await new Promise((resolve) => setTimeout(resolve, 30));
result('a ends');
