export let count = 0;
export var letter = 'a';
export function increment() {
  count = count + 1;
}
export const next = () => (letter = 'b');
