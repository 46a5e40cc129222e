result('second');
export const value = 'value';
