import { util } from '@/util';
import button from '~components/button';
import config from 'config';
import { inner } from '@/deep/inner.js';
import noop from 'noop';
import text from '@/text.txt?raw';

result(util);
result(button);
result(config);
result(inner);
result(JSON.stringify(noop));
result(text);
import('@/lazy').then(({ lazy }) => result(lazy));
