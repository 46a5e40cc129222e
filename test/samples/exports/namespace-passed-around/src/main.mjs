import * as state from './state.mjs';
import { state as same, all } from './index.mjs';
const read = ({ value }) => value;
const copy = (given) => ({ ...given });
result([read(state), state === same, [state].includes(all)]);
state.set(2);
result([read(state), same.value, state['val' + 'ue']]);
result(copy(state));
