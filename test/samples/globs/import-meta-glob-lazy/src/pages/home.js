export const title = 'home';
export default 1;
