const something = 1;
export { something, nothing };
