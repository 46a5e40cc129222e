import Class, { named, star } from './compiled';
import * as all from './compiled';
import { seen } from './importer';
result([new Class().is, named, star, all.named === named ? 'namespace' : '']);
result(seen);
