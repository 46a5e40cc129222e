import './b.mjs';
result('never');
