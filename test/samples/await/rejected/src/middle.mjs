import './rejects.mjs';
result('never');
