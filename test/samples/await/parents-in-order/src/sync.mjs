import './a.mjs';
result('sync');
