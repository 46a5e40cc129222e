export const limit = 2, list = [0, 1, 2], outer = 'outer';
