import data from './data.json' with { type: 'json' };
import * as all from './data.json' with { type: 'json' };
result(data);
result(Object.keys(all));
