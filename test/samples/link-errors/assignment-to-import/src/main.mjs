import { count } from './count.mjs';
export function increment() {
  count++;
}
