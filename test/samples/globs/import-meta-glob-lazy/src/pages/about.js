export const title = 'about';
export default 2;
