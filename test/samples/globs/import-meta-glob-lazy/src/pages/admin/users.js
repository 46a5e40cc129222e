export const title = 'users';
export default 3;
