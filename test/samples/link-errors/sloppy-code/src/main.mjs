import './effect.mjs';
with (Math) result(PI);
