import { build } from 'framework';
result(build);
