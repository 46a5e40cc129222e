import scoped from '@scope/pkg';
import deep from '@scope/pkg/lib/deep';
import { internal } from 'pkg';
result(scoped);
result(deep);
result(internal);
