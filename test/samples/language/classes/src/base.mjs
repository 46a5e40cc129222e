export default class {
  get name() {
    return 'Base';
  }
}
export const key = 'computed';
export const value = (given) => given;
