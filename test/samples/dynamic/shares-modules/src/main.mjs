import { count, increment } from './count.mjs';
increment();
result([count]);
const { late } = await import('./part.mjs');
result([count]);
result([count, late]);
