export default 'mjs';
