import { 'a-b' as dash, '' as empty, '__proto__' as proto, '\'"`' as quoted, 'new\nline' as newline } from './index.mjs';
import * as all from './index.mjs';
const names = ['', 'a-b', '__proto__', '\'"`', 'new\nline', 'star name'];
result([dash, empty, proto, quoted, newline]);
result(Object.keys(all).sort((a, b) => names.indexOf(a) - names.indexOf(b)));
result(all['star name']['a-b']);
