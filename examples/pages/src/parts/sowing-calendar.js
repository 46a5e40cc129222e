import dayjs from 'dayjs';
import { bars } from '../lib/chart';

/** Draws how many kinds of seeds can be sown in each month. */
export function show(canvas, seeds) {
  const months = Array.from({ length: 12 }, (_, month) => month + 1);
  bars(canvas, {
    title: 'Kinds to sow',
    labels: months.map((month) => dayjs(new Date(2000, month - 1)).format('MMM')),
    values: months.map((month) => seeds.filter(({ sow }) => sow.includes(month)).length),
  });
}
