/** Every failure that styles have, one function each, sorted by name. */
import { DynapackError, type Location, locate } from './errors';

/** @param cause what lightningcss says */
export function lightningFailed(
  fileName: string,
  source: string,
  offset: number,
  cause: Error,
): DynapackError {
  return new DynapackError('SYNTAX_ERROR', `not valid CSS: ${cause.message}`, {
    ...locate(fileName, source, offset),
    hint: 'What is not plain CSS, such as Sass, is transformed between pack.deps() and pack.mods().',
    cause,
  });
}

/** @param reason in words that follow the name of the package */
export function lightningMissing(fileName: string, reason: string, install: string): DynapackError {
  return new DynapackError(
    'PEER_MISSING',
    `lightningcss makes the names of CSS modules, and ${reason}: ${fileName}`,
    {
      fileName,
      hint: `npm install --save-dev ${install}. A style whose name does not end in .module.css has names for the whole page.`,
    },
  );
}

export function noStyle(specifier: string, at: Location): DynapackError {
  return new DynapackError('NO_STYLE', `'${specifier}' is no style`, {
    ...at,
    hint: 'Styles import styles. A script imports both: import the two where the script is needed.',
  });
}

export function styleExportsNothing(specifier: string, at: Location): DynapackError {
  return new DynapackError('NO_EXPORT', `the style '${specifier}' exports nothing`, {
    ...at,
    hint: `For its effect, import '${specifier}' alone. A style called x.module.css exports its class names; '${specifier}?raw' is its text, and '${specifier}?url' a file of its own.`,
  });
}

export function styleNotRewritten(style: string, asset: string, served: string): DynapackError {
  return new DynapackError(
    'STYLE_NOT_REWRITTEN',
    `the style '${style}' still names '${asset}', which was renamed to '${served}'`,
    {
      hint: "Have names replaced in styles as well: npm install --save-dev gulp-rev-rewrite, and .pipe(rev()).pipe(revRewrite()) before dest('…').",
    },
  );
}
