export const run = (options) => options;
