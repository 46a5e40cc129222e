export const mode = process.env.NODE_ENV;
if (mode !== mode) result('never');
