import { add } from './typed';
result(add(1, 2));
