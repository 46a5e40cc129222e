import { bytes } from './bytes';
result([process.env.NODE_ENV, bytes, global === self]);
result([typeof process.cwd(), __filename]);
setImmediate(() => result('immediate'));
