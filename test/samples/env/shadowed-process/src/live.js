module.exports = ['development'];
