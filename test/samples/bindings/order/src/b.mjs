import './leaf.mjs';
result('b');
