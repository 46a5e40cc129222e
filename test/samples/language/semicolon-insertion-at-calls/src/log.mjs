export const log = []
export const call = () => { log.push('x') }
