import './a.mjs';
import './b.mjs';
import './c.mjs';
result('main');
