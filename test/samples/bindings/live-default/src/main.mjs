import copy, { change as changeCopy } from './copy.mjs';
import declared, { change as changeDeclared } from './declared.mjs';
import named, { change as changeNamed } from './named.mjs';
const show = () => result([copy, declared(), named]);
show();
changeCopy();
changeDeclared();
changeNamed();
show();
