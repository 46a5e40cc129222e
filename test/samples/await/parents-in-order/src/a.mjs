import './shared.mjs';
result('a');
