import { value, arrow, Setter, generate } from './closures.mjs';
arrow(1);
result(value);
new Setter(2);
result(value);
Setter.value = 3;
result(value);
generate().next();
result(value);
