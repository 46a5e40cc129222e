import { one as seen, two as mine } from './main.mjs';
import * as self from './main.mjs';
export let one = 1;
export let two = 1;
export const three = 3;
result([seen, mine]);
two = one = 2;
result([mine, self.one]);
result(Object.keys(self));
