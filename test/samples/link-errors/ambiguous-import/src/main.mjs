import { only, both } from './index.mjs';
result([only, both]);
