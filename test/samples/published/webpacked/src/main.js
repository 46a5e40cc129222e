import { value } from './webpacked';
result(value);
