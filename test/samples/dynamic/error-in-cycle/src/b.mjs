import './leaf.mjs';
import './a.mjs';
throw new Error('thrown');
