export const blue = 3;
