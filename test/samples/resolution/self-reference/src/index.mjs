export default 'index';
export const object = {};
