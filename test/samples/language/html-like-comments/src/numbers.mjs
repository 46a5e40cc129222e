export const one = 1, zero = 0;
