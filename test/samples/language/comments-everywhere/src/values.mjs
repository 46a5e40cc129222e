export /* one */ default /* two */ 'd' /* three */;
export const a = 'a', b = /* import x from 'y' */ 'b';
