import Handlebars from 'handlebars';
import { objectTransform } from 'through2';
import type File from 'vinyl';

/** Precompiles templates into modules: `require('./card.hbs')` is a function, data in, HTML out. */
export function handlebars() {
  return objectTransform(async (file: File) => {
    if (file.extname !== '.hbs') return file;
    const template = Handlebars.precompile(String(file.contents));
    file.contents = Buffer.from(`module.exports = require('handlebars/runtime').template(${template});\n`);
    return file;
  });
}
