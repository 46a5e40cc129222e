import { call, value } from './values.mjs'
import * as all from './values.mjs'
import fallback from './values.mjs'
result(call('call'))
const one = value
call(one)
result(call('array'));[result]
const list = ['a']
result(list)
let text = value
result('template')
const two = fallback
result(two)
let n = 1
n
++n
result(n)
const regular = 'regular'
result(regular)
export const after = 'after'
result(after)
export { n as number }
call('x')
export default 'increment'
result('increment')
let m = one
call(m)
result(all.count())
export * from './values.mjs'
result('export')
