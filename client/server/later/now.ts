/** Nothing runs before its turn: all is checked by the browser, and compiled beside the main thread. */
function runNow(_wanted: Wanted, _makeText: () => string | null | undefined, _isNew: boolean): boolean {
  return false;
}
