import { value } from 'pkg';
result(value);
