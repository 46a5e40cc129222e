import { value, renamed, forwarded, all, set } from './index.mjs';
const show = () => result([value, renamed, forwarded, all.value]);
show();
set(2);
show();
