/** Defines `result`, with which modules tell what they found, and `results`, where it is kept as JSON, in order. */
export const RECORDER = `
globalThis.results = [];
globalThis.result = function (value) {
  results.push(JSON.stringify(value, function (key, each) {
    if (each instanceof Error) return each.name + ': ' + each.message;
    return each === undefined || /^(function|symbol|bigint)$/.test(typeof each) ? typeof each : each;
  }));
};
`;

/** What came of a sample somewhere. */
export interface Outcome {
  /** What the modules handed to `result()`, in order; `undefined` and functions as the words. */
  results: unknown[];
  /** Messages of the errors that nobody caught, in order. */
  uncaught: string[];
}

export const parseResults = (texts: readonly string[]): unknown[] => texts.map((text) => JSON.parse(text));
