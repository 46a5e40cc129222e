let n = 0
export const value = 1
export function call(given) { return given }
export const count = () => ++n
export default 'default'
