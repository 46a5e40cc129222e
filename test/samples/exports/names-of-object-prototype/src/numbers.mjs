const a = 1;
export { a as '10', a as '9', a as 'b' };
