/**/ import /* one */ d /* two */, /* three */ { /* four */ a /* five */ as /* six */ x /* seven */, } /* eight */ from /* nine */ './values.mjs' /* ten */;
import // line
  * // line
  as // line
  all // line
  from // line
  './values.mjs' // line
export /* one */ { /* two */ b /* three */ as /* four */ default /* five */ } /* six */ from /* seven */ './values.mjs';
export /* one */ const /* two */ own /* three */ = /* four */ x /* five */;
result([own, d, all /* dot */ . /* dot */ a === x]);
import /* self */ b from './main.mjs';
result(b);
