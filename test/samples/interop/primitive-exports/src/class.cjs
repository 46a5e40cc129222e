module.exports = class Class {};
