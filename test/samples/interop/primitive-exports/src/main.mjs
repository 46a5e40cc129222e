import nothing from './null.cjs';
import text from './text.cjs';
import call from './function.cjs';
import Class from './class.cjs';
import promise from './promise.cjs';
result([String(nothing), text, call(), Class.name]);
result(await promise);
