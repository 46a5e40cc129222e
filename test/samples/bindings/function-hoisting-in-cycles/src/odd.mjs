import later, { isEven } from './even.mjs';
export function isOdd(n) {
  return n !== 0 && isEven(n - 1);
}
result(['even 4', isEven(4)]);
result(['late default', later()]);
