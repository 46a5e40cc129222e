import { mode } from './mode';
result(mode);
if (process.env.NODE_ENV !== 'production') {
  import('./gone');
  require('never-installed');
} else {
  result(require('./live'));
}
const load = () => (process.env.NODE_ENV === 'development' ? import('./lost') : import('./conditional'));
const { name } = await load();
result(name);
const tools = process.env.NODE_ENV === 'development' && require('./tools');
result(['short circuit', tools === false]);
