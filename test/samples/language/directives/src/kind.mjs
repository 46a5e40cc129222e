'use asm';
export function kind() {
  'use strict';
  return typeof this;
}
