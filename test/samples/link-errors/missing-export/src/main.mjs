import { red } from './colours.mjs';
import { gren } from './colours.mjs';
result([red, gren]);
