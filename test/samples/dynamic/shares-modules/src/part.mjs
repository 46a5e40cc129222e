import { increment } from './count.mjs';
increment();
export const late = 'late';
