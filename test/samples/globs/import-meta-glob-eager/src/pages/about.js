import { log } from '../log.js';
log.push('loaded about');
export const title = 'about';
export default 2;
