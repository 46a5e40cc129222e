result('part runs');
export const part = 'part';
