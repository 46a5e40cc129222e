export const api = process.env.API;
export let flag;
if (process.env.FLAG === 'true') flag = 'flag';
else flag = require('./gone');
export const call = (given = process.env.FLAG ? 'default' : import('./gone')) => given;
