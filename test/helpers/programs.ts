/** Finds the programs that tests need, or installs Debian's: before tests run beside each other, when only one of them could. */
import { ensureChromium } from './chromium';
import { OTHER_ENGINES } from './engines';
import { installRedis } from './redis';

console.log(`Chromium: ${ensureChromium('browser')}, most tests: ${ensureChromium('shell')}`);
for (const { name, missing } of OTHER_ENGINES) console.log(`${name}: ${missing ?? 'is here'}`);
console.log(`Redis: ${installRedis() ?? 'is not here and cannot be installed; its tests are left out'}`);
