export const fallback = 'fallback';
