import './a.mjs';
export * from './b.mjs';
export {} from './c.mjs';
import {} from './d.mjs';
import './leaf.mjs';
result('main');
