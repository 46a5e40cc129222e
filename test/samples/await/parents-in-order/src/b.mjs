import './shared.mjs';
result('b');
