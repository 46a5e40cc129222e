/** Styles of a file → minified ones, each by itself, so that an edit changes the bytes of its style only. */
import { lightningVersion, minifyStyle } from '../lightningcss';
import { fileOf } from '../module-path';
import type { RenderedStyle } from '../render/style';
import type { MinifiedModule } from './minify';

/** Whether there is what minifies styles: an optional peer. */
export const canMinifyStyles = (): boolean => lightningVersion() !== undefined;

/** What it cannot read, though browsers may, stays as it is. */
export function minifyStyles(styles: readonly RenderedStyle[], hasMap: boolean): MinifiedModule[] {
  return styles.map(({ module, text }) => {
    try {
      const { code, map } = minifyStyle(text, fileOf(module.path), hasMap);
      return { text: code.trimEnd(), shift: 0, ...(map !== undefined && { map }) };
    } catch {
      return { text, shift: 0 };
    }
  });
}
