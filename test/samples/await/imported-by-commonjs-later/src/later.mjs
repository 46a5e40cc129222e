export const value = await 'value';
