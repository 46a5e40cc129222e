const { one } = require('./common');
export const value = one;
export default typeof module;
