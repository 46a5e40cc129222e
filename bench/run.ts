/** `npm run bench`: alone, dynapack beside other bundlers; with `split` or `patches` first, these by themselves. */
async function main([name]: readonly string[]): Promise<void> {
  if (name === 'split' || name === 'patches') process.argv.splice(2, 1);
  if (name === 'split') await import('./split');
  else if (name === 'patches') await import('./patches/index');
  else await import('./index');
}

void main(process.argv.slice(2));
