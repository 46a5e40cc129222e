export default class Kind {}
export const make = () => Kind;
make.Kind = Kind;
export const holder = { Inner: class Inner {} };
