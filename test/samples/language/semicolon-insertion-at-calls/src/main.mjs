import { log, call } from './log.mjs'
let a = log
call()
a = function () {}
call()
const b = class {}
call()
do call()
while (false) call()
if (a) call()
else call()
for (;;) { break }
label: call()
result(log)
const done = 'done'
export {}
result(done)
