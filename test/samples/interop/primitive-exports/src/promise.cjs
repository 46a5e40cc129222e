module.exports = Promise.resolve('promised');
