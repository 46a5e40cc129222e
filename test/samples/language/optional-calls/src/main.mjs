import { missing, one, object } from './values.mjs';
result(missing?.());
result(one?.());
result(missing?.one.two.three());
result(object?.two());
result(object.gone?.(result('never')));
result(object?.['deep']?.value);
