exports.name = 'common';
exports.one = 1;
