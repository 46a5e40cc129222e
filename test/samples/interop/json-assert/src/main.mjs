import data from './data.json' with { type: 'json' };
import { again } from './again.mjs';
import same from './data.json' with { 'type': "json", };
result(data);
result(again);
result(same === data);
