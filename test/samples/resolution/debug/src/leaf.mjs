result('leaf');
export const leaf = 'leaf';
