/** Who ordered what: packets, and the day of year. */
export const orders = [
  { id: 1, customer: 'Ada', sku: 'lee', packets: 3, day: 62 },
  { id: 2, customer: 'Grace', sku: 'car', packets: 5, day: 41 },
  { id: 3, customer: 'Edsger', sku: 'bas', packets: 2, day: 97 },
  { id: 4, customer: 'Barbara', sku: 'mar', packets: 10, day: 88 },
  { id: 5, customer: 'Donald', sku: 'fen', packets: 1, day: 213 },
];
