module.exports = 'live';
