#!/usr/bin/env node
import { mark } from './mark.mjs';
import { comment } from './comment.mjs';
result('hashbang');
result(mark);
result(comment);
