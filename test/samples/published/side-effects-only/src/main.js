import 'polyfill';
import './second.mjs';
import './third';
result(self.polyfilled);
