/** Styles of a file → minified ones, each by itself, so that an edit changes the bytes of its style only. */
import { lightningVersion, minifyStyle } from '../lightningcss';
import { fileOf, shownFile } from '../module-path';
import type { RenderedStyle } from '../render/style';
import { type BuildWarning, unreadStyle } from '../warnings';
import type { MinifiedModule } from './minify';

/** Whether there is what minifies styles: an optional peer. */
export const canMinifyStyles = (): boolean => lightningVersion() !== undefined;

/**
 * What it cannot read, though browsers may, stays as it is.
 * @param warn is told of that
 */
export function minifyStyles(
  styles: readonly RenderedStyle[],
  hasMap: boolean,
  warn: (warning: BuildWarning) => void,
): MinifiedModule[] {
  return styles.map(({ module, text }) => {
    try {
      const { code, map } = minifyStyle(text, fileOf(module.path), hasMap);
      return { text: code.trimEnd(), shift: 0, ...(map !== undefined && { map }) };
    } catch (error) {
      warn(
        unreadStyle(
          shownFile(module.path),
          (error as Error).message,
          placeIn(module.source, text, error as Place),
        ),
      );
      return { text, shift: 0 };
    }
  });
}

/** Where something is: lines and columns count from 1. */
type Place = Pick<BuildWarning, 'lineNumber' | 'columnNumber'>;

/** The same place in the source, where that has such a line once. */
function placeIn(source: string, text: string, { lineNumber = 0, columnNumber }: Place): Place {
  const lines = source.split('\n');
  const line = text.split('\n')[lineNumber - 1] ?? '';
  const index = lines.indexOf(line);
  if (columnNumber === undefined || index < 0 || lines.lastIndexOf(line) > index) return {};
  return { lineNumber: index + 1, columnNumber };
}
