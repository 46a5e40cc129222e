import { load } from './load.mjs';
result('main');
export const never = () => import('./never.mjs');
setTimeout(async () => {
  result('asked');
  const { part } = await load();
  result(part);
}, 5);
