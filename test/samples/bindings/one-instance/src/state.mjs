export const object = { count: 0 };
