export function self() {
  return this;
}
export default function () {
  return this;
}
export class Kind {
  self = this;
}
export const holder = { self };
