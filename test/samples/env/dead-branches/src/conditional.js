export const name = 'conditional';
