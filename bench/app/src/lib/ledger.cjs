// CommonJS on purpose: the ledger's page, an ES module, imports this file by name and as a whole.
const _ = require('lodash');
const moment = require('moment');

/** Orders with their day as text, the earliest first. */
exports.linesOf = (orders) =>
  _.sortBy(orders, 'day').map((order) => ({
    ...order,
    date: moment.utc([2027, 0, 1]).dayOfYear(order.day).format('D MMMM YYYY'),
  }));

/** Day of year from which on seeds are for the next season. */
exports.seasonEnds = 200;
