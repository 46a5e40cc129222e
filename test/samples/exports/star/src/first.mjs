export const a = 'a of first';
export const b = 'b of first';
export default 'default of first';
