import './a.mjs';
result('d');
