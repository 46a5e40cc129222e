export const constructor = 1,
  toString = 2,
  hasOwnProperty = 3,
  __proto__ = 4,
  prototype = 5;
