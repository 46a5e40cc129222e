/** Statements that are early errors in some place, by what ECMA-262 says against them, and their siblings that are none. */

const DECLARED = `
function x() {} function x() {}
function x() {} function* x() {}
var g; function* g() {}
var g; function g() {}
async function g() {} var g
function g() {} { var g }
function g() {} for (var g of []) ;
function g() {} for (var i = 0, g; ;) break
function g() {} var { a: [g] } = { a: [1] }
function g() {} if (1) { try {} catch { var g } }
function g() {} (function () { var g; function g() {} })
var a; var a
let a; let a
let a; var a
let a; { var a }
let a; { let a }
class a {} function a() {}
class a {} var a
{ function f() {} function f() {} }
{ function f() {} var f }
switch (1) { case 1: let a; default: let a }
switch (1) { case 1: function a() {} default: function a() {} }
function f(a) { let a }
function f(a) { var a }
function f(a, a) {}
(a, a) => 1
function f({ a, b: a }) {}
try {} catch (e) { let e }
try {} catch (e) { var e }
try {} catch ([e]) { var e }
try {} catch (e) { for (var e of []) ; }
for (let i of []) { var i }
for (const i in []) { let i }
let let = 1
const [a, a] = []
const a
let [a]
class C { #x; #x }
class C { get #x() {} set #x(v) {} }
class C { constructor() {} constructor() {} }`;

const RESERVED = `
await: 1
var await
function await() {}
class await {}
(await) => 1
function f() { await (1) }
function f() { return await [1] }
function f() { var await }
function f() { await: for (;;) break await }
function f() { return { await } }
function f() { ({ await } = {}) }
function f() { return { await: 1, await() {}, get await() { return 1 } } }
function f() { class C { await() {} static await = 1; await } a.await(1); a?.await }
async function f() { function g(await) {} }
async function f() { function g(a = await (1)) {} }
async function f() { return () => await (1) }
async function f() { class C { m() { await (1) } } }
async function f() { class C { async m() { await (1) } } }
function f() { return async x => await (1) }
function f() { return async x => g([await (1)]) }
function f() { return async () => 1, await (1) }
function f() { return async () => {}, await (1) }
function f() { var a = async () => 1⏎await (1) }
function f() { async⏎function g() { await (1) } }
function f() { class C { async⏎m() { await (1) } } }
function f() { return { async m() { await (1) }, n() { await (1) } } }
function f() { return { async() { await (1) } } }
function f() { return { async *[m]() { await (1) } } }
function f() { return a ? async () => 1 : await (1) }
function f() { return async () => a ? await (1) : 1 }
function f() { return \`\${async () => 1}\${await (1)}\` }
function f() { if (async () => 1) await (1) }
class C { a = await (1) }
class C { static { await (1) } }
function f() { class C { a = async () => 1⏎b = await (1) } }
aw\\u0061it: 1
yield
yield 1
var yield
function* g() { () => yield }
function* g(a = yield) {}
class C { [yield] = 1 }
class C { a = yield }
var implements
var static
let static
var enum
function f(private) {}
package: 1
({ implements } = {})
({ implements: 1, static: 2, let: 3, yield: 4, enum: 5 })
eval = 1
arguments = 1
eval++
[eval] = []
({ arguments } = {})
var eval
function f(arguments) {}
try {} catch (eval) {}
arguments
() => arguments
class C { a = arguments }
class C { static { arguments } }`;

const PLACED = `
return
if (1) return
() => { return }
class C { static { return } }
new.target
() => new.target
function f() { () => new.target }
new.target = 1
class C { a = new.target }
super.x
super()
function f() { super.x }
({ m() { super.x } })
class C extends D { constructor() { super() } }
class C extends D { m() { super() } }
import.meta
import.meta = 1
import.meta.x = 1
[import.meta] = []
new import.meta.X()
import.x
new import('x')
new (import('x'))
import()
import(...x)
break
a: break a
a: { continue a }
a: for (;;) { continue a }
a: a: 1
a: { (() => { break a }) }
a: function f() {}
if (1) function f() {}
if (1) class C {}
if (1) let⏎[a] = []
while (0) function f() {}
if (1) import 'a'
if (1) export {}
if (1) export var b
else export {}
a: import 'b'
a: export {}
do import 'b'; while (0)
{ export {} }
function f() { import 'a' }
var a = {} export {}
var a = function () {} export {}
function f() {} export {}
class C {} import 'a'
{} export {}
a() export {}`;

const WRITTEN = `
delete x
delete ((x))
delete x.y
class C { #x; m() { delete this.#x } }
class C { m() { this.#x } }
class C { #x; m() { #x in this } }
010
08
1__0
1n
01n
3in []
'\\01'
'\\8'
'\\0'
\`\\01\`
a\`\\01\`
with (a) {}
function f(a = 1) { 'use strict' }
a⏎--> b
/*⏎*/ --> b
/* */ --> b
a-->0
a --> 0
function f() {⏎--> b⏎}
<!-- a
1 = 2
({ a = 1 })
({ a = 1 }) => 1
({ __proto__: 1, __proto__: 2 })
({ set a() {} })
[...a, b] = []
function f(...a, b) {}
for (let a, b of []) ;
for (async of []) ;
for (let of []) ;
a ?? b || c
-1 ** 2
a?.b = 1
new a?.b()
async⏎(x) => 1
x⏎=> 1
() => {}()
throw⏎1`;

const PATTERNS = `
/a/gg
/(/
/[/
/[b-a]/
/a**/
/{/u
/(?<a>x)(?<a>y)/
/\\p{Foo}/u
/\\k<a>(?<b>x)/
/a{2,1}/
/[a--b]/v
/./vu
function f() { return /(?<a>x)(?<a>y)/ }
class C { a = /[/ }`;

const NEWER = `
@dec class C {}
class C { @dec m() {} }
class C { @dec a = 1 }
class C { accessor a = 1 }
class C { accessor = 1 }
enum A {}
let a: number
a as b
<div />`;

const DECLARING = `
export { x }
var x; export { x }; export { x }
var x, y; export { x as a, y as a }
export default 1; export default 2
export default 1; var a; export { a as default }
export * as default from 'a'; export default 1
export * as a from 'b'; export { a } from 'c'
export function a() {} export function a() {}
export function a() {} function a() {}
export default function a() {} var a
export default function () {} export default class {}
export let [a, a] = []
export { if }
export { if } from 'a'
export { a as if }; var a
export { 'a' }
export { 'a' } from 'b'
export { a as 'b c' }; var a
export { a as '\\uD800' }; var a
import { '\\uD800' as a } from 'b'
import { 'a' as b } from 'b'
import { 'a' } from 'b'
import { a, a } from 'b'
import a, { a } from 'b'
import a from 'b'; import a from 'c'
import a from 'b'; var a
import a from 'b'; { var a }
import a from 'b'; function a() {}
import a from 'b'; { let a }
import * as a from 'b'; for (var a of []) ;
import { default } from 'a'
import { if } from 'a'
import { if as a } from 'a'
import { a as let } from 'a'
import { await } from 'a'
import { await as a } from 'a'
import await from 'a'
import implements from 'a'
import eval from 'a'
import { arguments } from 'a'
import * as static from 'a'
import a, b from 'c'
import a from 'b' import c from 'd'
import a fr\\u006fm 'b'
import * \\u0061s a from 'b'
export v\\u0061r a
export a
export default
export default var a
export default a, b
export default (a, b)
export default async function () {}
export default async () => await 1
export async⏎function f() {}
export default async⏎function f() {}
export default function () {}()
export default function () {}⏎(1)
export default class {}⏎(1)
export default yield
export default await 1
export default [] = 1
export default { a = 1 }
export default @dec class {}
@dec export class C {}
export @dec class C {}
export var let
export function await() {}
export const { eval } = {}
import a from 'b' with { type: 'json', type: 'json' }
export {} var a
export { a } from 'b' var c
import 'a' var b
export class C {} export class D {}
export default function f() {} export var a
export default 1 export var a
import defer * as a from 'b'
import defer a from 'b'
import source a from 'b'
import defer from 'a'; import source from 'b'; import from from 'c'
import defer, * as a from 'b'
export {}; import.defer('a')
export {}; import.source('a')
#!first line⏎export {}
export {}⏎#!x`;

/** Each line is one; `⏎` is a line end in it. */
const lines = (text: string): string[] =>
  text
    .slice(1)
    .split('\n')
    .map((line) => line.replaceAll('⏎', '\n'));

export const FRAGMENTS: readonly string[] = [DECLARED, RESERVED, PLACED, WRITTEN, PATTERNS, NEWER].flatMap(
  lines,
);

/** Whole modules, whose declarations are what is wrong with them, or is not. */
export const MODULES: readonly string[] = lines(DECLARING);
