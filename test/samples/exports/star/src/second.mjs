export const c = 'c of second';
export default 'default of second';
