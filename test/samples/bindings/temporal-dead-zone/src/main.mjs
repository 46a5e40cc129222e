import { letter, constant, Named, variable } from './later.mjs';
import value from './later.mjs';
result([letter, constant, Named.name, value, variable]);
