import { tag, strings } from './tag.mjs';
result([tag`a${1}b${2}c`.join('|'), [String.raw`\n`, ''], tag.values]);
const again = () => strings`x`;
result([again() === again(), again() === strings`x`]);
