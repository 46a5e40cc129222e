import { state } from 'state';
import user from './user.cjs';
state.count++;
result([state.count, user().count]);
