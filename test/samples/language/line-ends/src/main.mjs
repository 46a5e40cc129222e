import { text } from './crlf.mjs'
import { cr } from './cr.mjs'
result('crlf')
result([text])
result(cr)
