import { path, found, cached } from './common';
result(found);
result(typeof path === 'string' && path.length > 0);
result(typeof path);
result(cached);
