import { markup } from 'markup';
result(markup('b'));
