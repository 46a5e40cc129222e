/** What sources find in other bundlers: names that webpack gives modules, and the `define` of AMD. */

/** Names of webpack's that sources use. Those that its output declares are not among them: packages are bundled with it, and tokens are enough for these. */
export const WEBPACK_NAMES: ReadonlySet<string> = new Set([
  '__webpack_base_uri__',
  '__webpack_chunk_load__',
  '__webpack_chunkname__',
  '__webpack_exports_info__',
  '__webpack_get_script_filename__',
  '__webpack_hash__',
  '__webpack_init_sharing__',
  '__webpack_is_included__',
  '__webpack_nonce__',
  '__webpack_public_path__',
  '__webpack_runtime_id__',
  '__webpack_share_scopes__',
  '__non_webpack_require__',
  '__resourceQuery',
]);

/** A call of it with what AMD's takes. */
const DEFINITION =
  /^define\s*\(\s*(?:(?:"[^"\n]*"|'[^'\n]*')\s*,\s*)?(?:\[|(?:async\s+)?function\b|(?:async\s*)?(?:\w+|\([\w\s,]*\))\s*=>)/;

/** The source of a UMD module asks whether it is there. */
const QUESTION = /\btypeof\s+define\b/;

/** Whether a module of AMD's is defined where the source has `define`, and nobody asks before. */
export function definesAmd(source: string, start: number): boolean {
  return DEFINITION.test(source.slice(start, start + FAR)) && !QUESTION.test(source);
}

const FAR = 400;
