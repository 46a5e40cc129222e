/** What a row of the table says, and how rows are written. */

/** How the package is asked for; `both` is `require` and `import()` in one module. */
export type How = 'require' | 'import' | 'import()' | 'both';

/** One way to use a package. */
export interface Use {
  package: string;
  how: How;
  /** A module whose value, its default export or `module.exports`, is JSON, or a promise of JSON. */
  source: string;
}

/** Starts a row; the template behind it is the module. */
export function use(name: string, how: How): (source: TemplateStringsArray) => Use {
  return (source) => ({ package: name, how, source: source.join('') });
}

const SUFFIXES: Record<How, string> = {
  require: 'required',
  import: 'imported',
  'import()': 'requested',
  both: 'both',
};

/** A name for the use that no other has: its entry's, and its test's. */
export function nameOf({ package: name, how }: Use): string {
  return `${name.replace(/^@/, '').replace(/\W+/g, '-')}-${SUFFIXES[how]}`;
}

/** The module's extension, after which Node decides what kind of module it is. */
export function extensionOf({ source }: Use): '.mjs' | '.cjs' {
  return /^\s*export default/m.test(source) ? '.mjs' : '.cjs';
}
