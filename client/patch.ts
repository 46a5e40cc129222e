/**
 * The text that a patch makes of the old texts, concatenated in the patch's order; `undefined` when the patch does
 * not fit them. lib/patch/format.ts describes patches. Whether the result is the right one, its hash must tell.
 */
function applyPatch(patch: string, old: string): string | undefined {
  // Lines before the literals, by version.
  var count = ({ 1: 4, 2: 7 } as { [version: string]: number })[patch[0]!];
  var lines = patch.split('\n', count);
  var columns = lines.map(function (line) {
    return (line.match(/\d*[a-z]/gi) || []).map(function (number) {
      var letter = number.slice(-1);
      return (+number.slice(0, -1) * 26 + parseInt(letter, 36) - 10) * (letter < 'a' ? -1 : 1);
    });
  });
  var lengths = columns[2]!;
  var gaps = columns[4] || [];
  var steps = columns[5] || [];
  // As in lib/patch/name-order.ts.
  var order = lines[6] || '';
  var table = Object.create(null) as { [name: string]: string };
  var used = 0;
  var gap = gaps[0]!;
  var place: number;
  var literal = lines.join().length + 1;
  var parts: string[] = [];
  var source = 0;
  // What the result may still grow: no text is longer.
  var left = 1 << 28;
  // Names have two units at most, so no text more than doubles.
  if (gap >= 0 && old.length <= 1 << 27) {
    // As in lib/patch/names.ts.
    old = old.replace(
      /(^|[^.\w$]|\.\.\.)([a-z_$][\w$]?)(?![\w$])/gi,
      function (_, before: string, name: string) {
        if (gap-- === 0) {
          place = order.indexOf(name[0]!) + order.length * (order.indexOf(name[1]!) + 1) + steps[used]!;
          table[name] = order.charAt(place % order.length) + order.charAt(((place / order.length) | 0) - 1);
          gap = gaps[(used += place >= 0 ? 1 : NaN)]!;
        }
        return before + (table[name] || name);
      },
    );
  }
  // All comparisons are such that what is no number, or is not there, fails.
  var fits =
    lines.length === count &&
    used === gaps.length &&
    used === steps.length &&
    columns[1]!.length === lengths.length &&
    columns[3]!.length === lengths.length + 1 &&
    columns[3]!.every(function (run, index) {
      var length = lengths[index] || 0;
      parts.push(patch.slice(literal, (literal += run)));
      source += columns[1]![index] || 0;
      parts.push(old.slice(source, (source += length)));
      left -= run + length;
      return run >= 0 && length >= 0 && source >= length && source <= old.length && left >= 0;
    });
  return fits && literal === patch.length ? parts.join('') : undefined;
}
