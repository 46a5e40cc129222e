export const b = 1, a = 1, B = 1, A = 1, _ = 1;
export default 1;
