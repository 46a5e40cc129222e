let value = 1;
export default value;
export const change = () => (value = 2);
