module.exports = 'hello from d';
