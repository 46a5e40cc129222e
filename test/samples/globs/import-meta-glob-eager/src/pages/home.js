import { log } from '../log.js';
log.push('loaded home');
export const title = 'home';
export default 1;
