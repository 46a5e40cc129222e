const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/** Cents as text: `€2.40`. */
export const money = (cents) => format.format(cents / 100);
