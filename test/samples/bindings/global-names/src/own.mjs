const Promise = 'own Promise';
let Object = 'own Object';
var [yields, Generator] = [1, 2];
export const own = [Promise, Object, yields + Generator];
