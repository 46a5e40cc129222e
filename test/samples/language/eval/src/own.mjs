let own = 1;
export const read = () => eval('own');
export const write = (value) => eval('own = value');
