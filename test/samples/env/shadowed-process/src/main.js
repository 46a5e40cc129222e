import { own } from './own';
import { process } from './process';
result(own);
result(process.env.NODE_ENV);
if (process.env.NODE_ENV === 'imported') result(require('./live'));
