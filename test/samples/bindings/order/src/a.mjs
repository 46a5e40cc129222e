import './leaf.mjs';
result('a');
