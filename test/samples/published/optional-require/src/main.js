import common from './common';
import esm from './esm';
result(common);
result(esm);
