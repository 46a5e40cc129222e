result('main');
const seen = value;
import './first.mjs';
result([seen, value]);
import { value } from './second.mjs';
