export { default as again } from './data.json' with { type: 'json' };
