/** Drawings as SVG: they follow the reader's light or dark, and need nothing else. */

const STYLE = `
  svg { --ink: #1f2328; --soft: #59636e; --line: #818b98; --box: #f6f8fa; --edge: #d1d9e0; --new: #0969da; --old: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #f0f6fc; --soft: #9198a1; --line: #9198a1; --box: #151b23; --edge: #3d444d; --new: #4493f8; --old: #db6d28; }
  }
  text { font: 15px system-ui, sans-serif; fill: var(--ink); }
  .soft { fill: var(--soft); font-size: 13px; }
  .middle { text-anchor: middle; }
  .end { text-anchor: end; }
  .module { fill: var(--box); stroke: var(--ink); stroke-width: 1.5; }
  .bundle { fill: none; stroke: var(--new); stroke-width: 1.5; }
  .file { fill: var(--box); stroke: var(--new); stroke-width: 1.5; }
  .import { stroke: var(--line); stroke-width: 1.5; fill: none; marker-end: url(#head); }
  .later { stroke-dasharray: 5 4; }
  .head { fill: var(--line); }
  .whole { fill: var(--old); }
  .patched { fill: var(--new); }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

type Attributes = Readonly<Record<string, string | number>>;

/** An element; its contents are elements or text. */
export function element(name: string, attributes: Attributes, contents = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${written.join('')}${contents === '' ? '/>' : `>${contents}</${name}>`}`;
}

export const text = (x: number, y: number, contents: string, classes = ''): string =>
  element('text', { x, y, ...(classes && { class: classes }) }, escaped(contents));

/** @param title what it shows, for those who do not see it */
export function drawing(width: number, height: number, title: string, parts: readonly string[]): string {
  const marker =
    '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker>';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<defs>${marker}</defs>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
