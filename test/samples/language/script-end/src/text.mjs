export const text = 'a b c';
