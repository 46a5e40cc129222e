(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{
"SWdF":function*(_$require){"use strict";const _$=_$require("*");var[_$0]=yield[["RDO2"],["later",()=>later],[],[],1];yield;
;
const later = (yield( _$0.count));
{const _$i=_$.iterate([_$0.count]);try{for(;_$i.step(yield _$i.next());){const each=_$i.value;console.log(each);}}catch(_$e){throw _$i.fail(_$e)}finally{if(_$i.open)yield _$i.close()}}
}
}]);
