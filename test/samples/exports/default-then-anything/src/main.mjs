import call from './function.mjs';
import Class from './class.mjs';
import arrow from './arrow.mjs';
import text from './text.mjs';
import regular from './regular.mjs';
import object from './object.mjs';
import sum from './conditional.mjs';
result([call, arrow, text, regular, object, sum].map((value) => typeof value));
if (new Class().is !== 'class') throw new Error();
