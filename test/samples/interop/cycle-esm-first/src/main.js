import { seen, late } from './esm';
result(seen);
result(late());
