/** Specifiers that are URLs. */

/** Whether an `import()` of it is left to the browser. */
export const isForBrowser = (specifier: string): boolean => /^(?:https?|blob):/i.test(specifier);

/** A specifier, or the path of a module. */
export const isDataUrl = (text: string): boolean => /^data:/i.test(text);
