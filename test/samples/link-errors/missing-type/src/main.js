import { run, Options } from './run.js';
result(run(Options));
