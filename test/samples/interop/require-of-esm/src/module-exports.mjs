const double = (n) => n * 2;
export { double as 'module.exports' };
export default 'never';
