import { a } from '@/a';
import { fallback } from '@/fallback';
import { below } from 'src/below.js';
import other from 'other';

result(a);
result(fallback);
result(below);
result(other);
