export function* list() {
  yield 1;
  yield* [2, 3];
}
export const wait = async () => {
  const value = await Promise.resolve('asynchronous');
  return value;
};
