import './sync-leaf.mjs';
import './needs-async.mjs';
import './sync-sibling.mjs';
result('main');
