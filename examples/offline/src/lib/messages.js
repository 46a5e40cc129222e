/** What the worker tells pages, which both know by these names. */
export const KEPT = 'kept';
