import umd from './umd';
result(umd.is);
result(umd.root === self);
