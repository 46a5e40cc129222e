/** What the allotment grows: price of a packet, day of year when it is sown, days until harvest, and the harvest. */
export const seeds = [
  { sku: 'bas', name: 'Basil', kind: 'herb', cents: 240, sow: 105, days: 60, kilos: 2 },
  { sku: 'bea', name: 'Bean', kind: 'vegetable', cents: 310, sow: 125, days: 75, kilos: 14 },
  { sku: 'bee', name: 'Beetroot', kind: 'vegetable', cents: 260, sow: 100, days: 90, kilos: 21 },
  { sku: 'bor', name: 'Borage', kind: 'flower', cents: 280, sow: 95, days: 70, kilos: 1 },
  { sku: 'car', name: 'Carrot', kind: 'vegetable', cents: 290, sow: 80, days: 110, kilos: 26 },
  { sku: 'chi', name: 'Chives', kind: 'herb', cents: 220, sow: 75, days: 85, kilos: 3 },
  { sku: 'fen', name: 'Fennel', kind: 'vegetable', cents: 320, sow: 150, days: 95, kilos: 11 },
  { sku: 'lee', name: 'Leek', kind: 'vegetable', cents: 340, sow: 70, days: 150, kilos: 19 },
  { sku: 'mar', name: 'Marigold', kind: 'flower', cents: 200, sow: 110, days: 65, kilos: 1 },
  { sku: 'par', name: 'Parsley', kind: 'herb', cents: 230, sow: 85, days: 80, kilos: 4 },
];
