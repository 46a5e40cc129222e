import { view, value } from './node.mjs';
import marked from './marked.cjs';
result([view, value]);
result([typeof marked, marked]);
