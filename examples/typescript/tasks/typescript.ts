import { readFileSync } from 'node:fs';
import { type Loader, transform } from 'esbuild';
import { objectTransform } from 'through2';
import type File from 'vinyl';

const tsconfigRaw = readFileSync('src/tsconfig.json', 'utf8');

/** Compiles TypeScript to ES modules, which the bundler reads. The map goes along with the File, as gulp's plugins do it. */
export function typescript() {
  return objectTransform(async (file: File) => {
    if (!/\.tsx?$/.test(file.path)) return file;
    const { code, map } = await transform(String(file.contents), {
      loader: file.extname.slice(1) as Loader,
      sourcefile: file.relative.replaceAll('\\', '/'),
      sourcemap: 'external',
      tsconfigRaw,
    });
    file.contents = Buffer.from(code);
    file.sourceMap = JSON.parse(map);
    return file;
  });
}
