import { log } from './log.js';

const titles = import.meta.glob('./pages/*.js', { eager: true, import: 'title' });

result(log);
result(titles);
result(Object.values(import.meta.glob('./pages/*.js', { eager: true })).map((page) => page.default));
