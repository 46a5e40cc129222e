import umd, { named } from 'umd';
import older from 'umd/older';
result([umd.is, umd.dependency]);
result(named);
result(older());
