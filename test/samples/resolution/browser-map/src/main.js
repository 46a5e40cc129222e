import pkg, { path } from 'pkg';
result(pkg);
result(typeof path.join);
