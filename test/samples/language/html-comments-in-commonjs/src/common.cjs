module.exports = 1; <!-- module.exports = 2;
--> module.exports = 3;
