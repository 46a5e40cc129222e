import { type Use, use } from '../use';

/** Schemas and what they refuse. */
export const schemas: Use[] = [
  use('zod', 'import')`
    import { z } from 'zod';
    const User = z.object({ name: z.string().min(2), age: z.coerce.number().int(), tags: z.array(z.enum(['a', 'b'])).default([]) });
    export default [User.parse({ name: 'Ada', age: '36' }), User.safeParse({ name: 'A', age: 1 }).error.issues];
  `,
  use('zod', 'require')`
    const { z } = require('zod');
    const Shape = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b'), n: z.number() })]);
    module.exports = [Shape.parse({ kind: 'b', n: 1 }), z.toJSONSchema(Shape)];
  `,
  use('zod', 'both')`
    const { z } = require('zod');
    module.exports = import('zod').then((module) => [module.z === z, module.z.iso.date().safeParse('2024-02-30').success]);
  `,
  use('yup', 'import')`
    import * as yup from 'yup';
    const schema = yup.object({ email: yup.string().email().required(), age: yup.number().positive().default(1) });
    export default schema
      .validate({ email: 'none', age: -1 }, { abortEarly: false })
      .catch(({ errors }) => [errors, schema.cast({ email: 'a@b.c' })]);
  `,
  use('yup', 'require')`
    const { array, string } = require('yup');
    module.exports = array().of(string().trim().uppercase()).cast([' a ', 'b']);
  `,
  use('ajv', 'require')`
    const { default: Ajv } = require('ajv');
    const validate = new Ajv({ allErrors: true }).compile({
      type: 'object',
      properties: { size: { type: 'integer', minimum: 3 } },
      required: ['size', 'name'],
      additionalProperties: false,
    });
    module.exports = [validate({ size: 1, other: 2 }), validate.errors, validate({ size: 3, name: 1 })];
  `,
  use('ajv-formats', 'import')`
    import Ajv from 'ajv';
    import addFormats from 'ajv-formats';
    const ajv = new (Ajv.default ?? Ajv)();
    (addFormats.default ?? addFormats)(ajv);
    export default ['2024-02-29', '2023-02-29'].map((day) => ajv.validate({ type: 'string', format: 'date' }, day));
  `,
  use('joi', 'require')`
    const Joi = require('joi');
    const schema = Joi.object({ name: Joi.string().min(3).required(), year: Joi.number().default(2000) });
    module.exports = [schema.validate({ name: 'Ada' }).value, schema.validate({ name: 'A' }).error.details];
  `,
  use('valibot', 'import')`
    import * as v from 'valibot';
    const Login = v.object({ email: v.pipe(v.string(), v.email()), key: v.optional(v.number(), 8) });
    export default [v.parse(Login, { email: 'a@b.de' }), v.flatten(v.safeParse(Login, { email: 'x' }).issues)];
  `,
  use('valibot', 'import()')`
    module.exports = import('valibot').then(({ is, picklist }) => [is(picklist(['a', 'b']), 'a'), is(picklist(['a']), 'b')]);
  `,
  use('io-ts', 'require')`
    const { isRight } = require('fp-ts/Either');
    const t = require('io-ts');
    const { PathReporter } = require('io-ts/PathReporter');
    const Point = t.type({ x: t.number, y: t.union([t.number, t.null]) });
    module.exports = [isRight(Point.decode({ x: 1, y: null })), PathReporter.report(Point.decode({ x: 'a', y: 1 }))];
  `,
  use('superstruct', 'import')`
    import { array, coerce, create, is, number, object, string, validate } from 'superstruct';
    const Item = object({ id: coerce(number(), string(), Number), tags: array(string()) });
    const [error] = validate({ id: 1, tags: [2] }, Item);
    export default [create({ id: '4', tags: [] }, Item), is({}, Item), error.message];
  `,
];
