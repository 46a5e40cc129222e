export default [typeof require, typeof module, typeof exports, typeof define];
