/** A process that records releases: `builder.ts <directory> <seed> [all]`. */
import { openReleases } from '../../lib/releases/open';
import { createDice } from '../patch/texts';
import { record } from './releases';

const [directory = '', seed = '', mode] = process.argv.slice(2);

async function main(): Promise<void> {
  const dice = createDice(Number(seed));
  const store = openReleases(directory);
  for (let index = 0; index < (mode === 'all' ? 10 : 40); index++) {
    const texts = { 'a.js': `a${dice.below(3)}`, 'b.js': `b${dice.below(2)}` };
    if (mode === 'all') await record(store, { ...texts, 'own.js': `${seed} ${index}` }, 100);
    else await record(store, texts, 2);
    console.log('recorded');
  }
}

main();
