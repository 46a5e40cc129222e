import { add } from './untyped.js';
result(add(1, 2));
