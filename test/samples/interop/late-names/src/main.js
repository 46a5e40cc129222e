import { late, method, getter } from './common';
import common from './common';
result(late);
common.come();
result(late);
result(method.call(common));
result(getter);
import { list } from './spread';
result(list);
