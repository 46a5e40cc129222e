import { runtime } from '#client';

const {
  simple: _simple,
  simpleMixed: _mixed,
  acyclic: _acyclic,
  acyclicMixed: _acyclicMixed,
  onlyCommon: _common,
  ...parts
} = runtime;

/** The runtime with all that the language has. The others stand in the place of most of it in simple programs. */
export const wholeRuntime = Object.values(parts).join('\n');
