import fallback, { exported } from './exports.mjs'
if (await true) result('condition')
result([await 1, 1 + await 1])
result(`template ${await 3}`)
const { x = await 4 } = {}
result(x)
result(fallback)
class Derived extends (await exported) {}
result(Object.getPrototypeOf(Derived).name)
const list = ['element']
await null
result(list[await 0])
const n = 1
await n
;[...await 'ab'].forEach((each, index, all) => index || result(all))
result(-(await -6))
