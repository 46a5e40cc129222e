import * as all from './data.json' with { type: 'json' };
result(all.version);
