import common from './common';
export function hoisted() {
  return 'hoisted';
}
export const constant = 'late';
export const seen = common.seen;
export const late = () => common.late();
