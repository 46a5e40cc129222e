result('common');
module.exports = 'common';
