import load from 'pkg';
result(await load());
