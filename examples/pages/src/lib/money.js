const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

/** 295 → €2.95 */
module.exports = (cents) => format.format(cents / 100);
