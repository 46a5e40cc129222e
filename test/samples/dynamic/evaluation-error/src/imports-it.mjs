import './throws.mjs';
result('never');
