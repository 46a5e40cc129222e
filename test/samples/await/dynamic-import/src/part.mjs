result('starts');
await new Promise((resolve) => setTimeout(resolve, 5));
export const value = 'value';
result('ends');
