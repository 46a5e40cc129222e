const process = { env: { NODE_ENV: 'own' } };
export const own = process.env.NODE_ENV;
