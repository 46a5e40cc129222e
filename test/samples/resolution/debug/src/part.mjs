import { leaf } from './leaf.mjs';
export const part = leaf && 'part';
