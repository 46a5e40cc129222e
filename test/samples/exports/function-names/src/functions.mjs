export const a = () => {},
  b = class {},
  c = function () {};
export let assigned;
assigned = () => {};
export default (() => {});
