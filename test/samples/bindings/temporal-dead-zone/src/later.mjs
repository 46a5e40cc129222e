import './early.mjs';
export let letter = 1;
export const constant = 2;
export class Named {}
export default 1 + 2;
export var variable = 4;
