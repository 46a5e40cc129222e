import './a.mjs';
import './b.mjs';
import './sync.mjs';
result('main');
