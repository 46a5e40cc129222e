import './async.mjs';
result('needs async');
