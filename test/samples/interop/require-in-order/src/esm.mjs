import './leaf.cjs';
result('esm');
export const value = 1;
