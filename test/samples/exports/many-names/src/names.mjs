let binding = 1;
const set = () => (binding = 2);
export { binding as one, binding as two, binding as if, set };
export { binding as default, binding as class };
