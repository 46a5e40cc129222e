import shared from './shared.mjs';
export default 'a ' + shared;
