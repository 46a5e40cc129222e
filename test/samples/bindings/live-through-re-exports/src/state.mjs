export let value = 1;
export function set(given) {
  value = given;
}
