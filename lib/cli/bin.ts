#!/usr/bin/env node
import { main } from './main';

main(process.argv.slice(2), process.stdout, process.stderr).then((code) => {
  process.exitCode = code;
});
