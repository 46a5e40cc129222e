/** The data of a report → its page, which needs nothing else. */
import { escapeAttribute, scriptJson } from '../render/escape';
import type { ReportBundle, ReportData } from './data';
import { addSizes, showBytes } from './sizes';

const cells = (values: readonly (string | number)[]): string =>
  values.map((value) => `<td>${escapeAttribute(String(value))}</td>`).join('');

function rows({ pages, bundles, standalone = [] }: ReportData): string[] {
  const starts = pages.map(({ name, bundles: indices }) => ({
    name,
    own: indices.map((index) => bundles[index] as ReportBundle),
  }));
  const alone = standalone.map((script) => ({ name: script.entry, own: [script] }));
  return [...starts, ...alone].flatMap(({ name, own }) => {
    const total = addSizes(own);
    const sizes = ({ raw, gzip, brotli }: typeof total): string[] => [raw, gzip, brotli].map(showBytes);
    return [
      `<tr><th scope="row">${escapeAttribute(name)}</th>${cells(sizes(total))}</tr>`,
      ...own.map((bundle) => `<tr>${cells([bundle.served, ...sizes(bundle)])}</tr>`),
    ];
  });
}

/**
 * The page, as one file.
 * @param before the data of an earlier build, to compare with
 */
export function renderReport(data: ReportData, before?: ReportData): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<title>Bundles</title>',
    '<h1>Pages, with the bundles each starts with</h1>',
    '<table>',
    '<tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">gzip</th><th scope="col">brotli</th></tr>',
    ...rows(data),
    '</table>',
    `<script type="application/json" id="data">${scriptJson(data)}</script>`,
    ...(before ? [`<script type="application/json" id="before">${scriptJson(before)}</script>`] : []),
    '</html>',
    '',
  ].join('\n');
}
