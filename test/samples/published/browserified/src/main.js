import bundle from './browserified';
result(bundle.inner);
result([bundle.kind, typeof bundle.require]);
