module.exports = 'dependency';
