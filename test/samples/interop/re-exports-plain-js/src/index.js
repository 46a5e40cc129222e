export { default } from './marked';
export * from './marked';
import * as whole from './marked';
export { whole };
