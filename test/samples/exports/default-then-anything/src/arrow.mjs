export default async (a) => a
export const other = 1
