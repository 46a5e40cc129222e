export const a = 1, b = 2, proto = 'own';
export default 3;
