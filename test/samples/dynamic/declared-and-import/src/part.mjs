result('runs');
export const value = 'value';
export const object = {};
