export const x = 'import';
export { x as y };
