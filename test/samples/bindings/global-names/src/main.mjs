import { name, top, location, document, self, URL } from './globals.mjs';
import { own } from './own.mjs';
result([name, top, location, document, self, URL]);
result(own);
