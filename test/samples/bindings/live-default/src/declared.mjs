export default function name() {
  return 'first';
}
export function change() {
  name = () => 'second';
}
