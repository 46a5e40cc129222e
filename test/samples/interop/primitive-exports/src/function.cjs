module.exports = () => 'function';
