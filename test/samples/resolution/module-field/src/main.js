import fromModule from 'pkg';
result(fromModule);
result(require('pkg'));
