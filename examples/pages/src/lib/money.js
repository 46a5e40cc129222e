const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' });

/** 295 → €2.95 */
export const money = (cents) => format.format(cents / 100);
