import { version } from 'widget';
import old from 'old';
result([version, old.version]);
