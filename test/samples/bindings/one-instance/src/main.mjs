import { object } from './state.mjs';
import { object as same } from '../src/./state.mjs';
import { seen } from './other/seen.mjs';
object.count++;
result([object === same, object === seen, object.count]);
