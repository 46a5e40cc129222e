import { early, late } from './common';
export const see = () => [early, late];
export const seen = see();
