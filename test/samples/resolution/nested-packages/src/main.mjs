import dependency from 'dependency';
import { found } from 'user';
result([dependency, found]);
