import { type Use, use } from '../use';

/** Numbers of every size, vectors and statistics. */
export const numbers: Use[] = [
  use('mathjs', 'import')`
    import { create, derivative, evaluate, matrix, multiply, all } from 'mathjs';
    const math = create(all, { number: 'BigNumber', precision: 20 });
    export default [
      evaluate('12.7 cm to inch').toString(),
      derivative('x^2 + x', 'x').toString(),
      multiply(matrix([[1, 2], [3, 4]]), [5, 6]).toArray(),
      math.evaluate('1/3').toString(),
    ];
  `,
  use('decimal.js', 'both')`
    const Decimal = require('decimal.js');
    module.exports = import('decimal.js').then((module) => [
      new Decimal('0.1').plus('0.2').toString(),
      new module.default(2).sqrt().toFixed(30),
      module.Decimal.max(1, '3', 2).toString(),
    ]);
  `,
  use('big.js', 'import')`
    import Big from 'big.js';
    export default [new Big('1e21').times(3).toString(), Big(1).div(3).toFixed(5)];
  `,
  use('big.js', 'require')`
    const Big = require('big.js');
    module.exports = [new Big(0.1).plus(0.2).eq(0.3), Big.DP];
  `,
  use('bignumber.js', 'import')`
    import BigNumber from 'bignumber.js';
    export default [new BigNumber('ff', 16).pow(20).toFixed(), new BigNumber(7).modulo(4).toNumber()];
  `,
  use('bn.js', 'require')`
    const BN = require('bn.js');
    module.exports = [new BN('dead', 16).mul(new BN(10).pow(new BN(20))).toString(), new BN(3).invm(new BN(11)).toNumber()];
  `,
  use('long', 'import')`
    import Long from 'long';
    export default [Long.MAX_UNSIGNED_VALUE.toString(), Long.fromString('-7fff', true, 16).toString(), Long.fromNumber(5).toBytes()];
  `,
  use('long', 'require')`
    const Long = require('long');
    module.exports = (Long.default ?? Long).fromBits(1, 1).multiply(3).toString();
  `,
  use('fraction.js', 'import')`
    import Fraction from 'fraction.js';
    export default [new Fraction('1.(3)').toFraction(true), new Fraction(1, 6).add('1/3').toString()];
  `,
  use('fraction.js', 'require')`
    const Fraction = require('fraction.js');
    module.exports = new Fraction('3 1/2').mul(2).toFraction();
  `,
  use('numeral', 'require')`
    const numeral = require('numeral');
    require('numeral/locales/de');
    module.exports = [numeral(1234.5).format('$0,0.00'), numeral(0.256).format('0.0%'), numeral(2 ** 31).format('0.0 ib')];
  `,
  use('gl-matrix', 'import')`
    import { mat4, vec3 } from 'gl-matrix';
    const turned = mat4.rotateZ(mat4.create(), mat4.create(), Math.PI / 2);
    export default [...vec3.transformMat4(vec3.create(), [1, 0, 0], turned)].map((n) => Math.round(n));
  `,
  use('gl-matrix', 'require')`
    const { quat } = require('gl-matrix');
    module.exports = Array.from(quat.fromEuler(quat.create(), 0, 90, 0), (n) => n.toFixed(4));
  `,
  use('simple-statistics', 'import')`
    import { linearRegression, median, standardDeviation } from 'simple-statistics';
    export default [median([3, 1, 2, 9]), standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]), linearRegression([[0, 1], [1, 3]])];
  `,
  use('seedrandom', 'require')`
    const seedrandom = require('seedrandom');
    module.exports = [seedrandom('hello.')(), seedrandom.alea('hello.').int32()];
  `,
];
