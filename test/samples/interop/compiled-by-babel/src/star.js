export const star = 'star';
export default 'never';
