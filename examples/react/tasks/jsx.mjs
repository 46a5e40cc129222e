import { transformAsync } from '@babel/core';
import { objectTransform } from 'through2';

/** Compiles JSX. `import` and `import()` stay as they are. The map goes along with the File, as gulp's plugins do it. */
export function jsx() {
  return objectTransform(async (file) => {
    if (file.extname !== '.jsx') return file;
    const { code, map } = await transformAsync(String(file.contents), {
      filename: file.path,
      sourceFileName: file.relative.replaceAll('\\', '/'),
      sourceMaps: true,
      presets: [['@babel/preset-react', { runtime: 'automatic' }]],
    });
    file.contents = Buffer.from(code);
    file.sourceMap = map;
    return file;
  });
}
