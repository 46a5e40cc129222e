export const process = { env: { NODE_ENV: 'imported' } };
