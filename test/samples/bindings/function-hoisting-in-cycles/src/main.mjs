import { isEven } from './even.mjs';
result(['main', isEven(3)]);
