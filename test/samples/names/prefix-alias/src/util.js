export const util = 'util of @';
