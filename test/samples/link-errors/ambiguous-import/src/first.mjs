export const both = 1, only = 1;
