module.exports = 'english';
