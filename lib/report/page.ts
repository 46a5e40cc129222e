/** The data of a report → a page that shows it, alone: it asks for nothing, and its policy lets nothing else in. */
import { scriptJson } from '../render/escape';
import type { ReportData } from './data';

/** The script and the style of the page. The script is bundled by dynapack itself, so it is there when a page is made, and not before. */
const parts = () => require('#report') as typeof import('#report');

/** Names in it are text: the script makes text nodes of them. */
const dataElement = (id: string, data: ReportData): string =>
  `<script type="application/json" id="${id}">${scriptJson(data)}</script>\n`;

/**
 * @param before data of an earlier report, to compare
 * @returns HTML
 */
export function renderReport(data: ReportData, before?: ReportData): string {
  const { script, style, policy } = parts();
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<title>dynapack report</title>\n<link rel="icon" href="data:,">\n',
    `<style>${style}</style>\n</head>\n<body>\n`,
    '<noscript>This report needs JavaScript. All of it is in this file.</noscript>\n',
    dataElement('data', data),
    before === undefined ? '' : dataElement('before', before),
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('');
}
