const names = require('./names.module.scss');
result(names);
