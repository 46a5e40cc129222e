import host, { createElement } from 'host';
import answer from 'answer';
result([typeof host, typeof createElement === 'function']);
result([answer, require('answer')]);
