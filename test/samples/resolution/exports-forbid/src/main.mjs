import 'pkg';
import 'pkg/private';
