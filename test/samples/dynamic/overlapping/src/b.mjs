import shared from './shared.mjs';
export default 'b ' + shared;
