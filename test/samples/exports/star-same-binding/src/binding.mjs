const binding = 1;
export { binding as a, binding as b };
