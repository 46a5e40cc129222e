import { v\u0061lue, \u{76}alue as n\u0061med } from './v\u0061lues.mjs';
import { 'val\x75e' as quoted } from "\
./values.mjs";
result([value, named, quo\u0074ed]);
result({ v\u0061lue }.value);
export { v\u0061lue as n\u0061me };
import { name as own } from './main.mjs';
const read = () => own;
result([read()]);
