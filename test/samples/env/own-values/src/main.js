import { api, flag, call } from './settings';
result([process.env.NODE_ENV, api, process.env.OTHER]);
result(flag);
result(call());
