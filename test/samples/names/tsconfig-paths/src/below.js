export const below = 'below';
