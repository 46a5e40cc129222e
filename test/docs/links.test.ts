/** Links of the documents lead somewhere: to files, and to headings in them. Nothing asks the network. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { PAGES, type Page, ROOT, readPage, withoutCode } from './documents';

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text).matchAll(/^#+ (.*)$/gm)) {
    const anchor = anchorOf(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** Targets of links and pictures. */
const targetsOf = (text: string): string[] => {
  const prose = withoutCode(text).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|href|srcset)="([^"]+)"/g)].map(
    ([, link, attribute]) => (link ?? attribute) as string,
  );
};

/** What is wrong with the links of a page. */
function deadLinks({ path, text }: Page): string[] {
  return targetsOf(text)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const place = join(ROOT, file === '' ? path : join(dirname(path), file));
      if (!existsSync(place)) return true;
      if (anchor === undefined) return false;
      if (/^L\d+$/.test(anchor)) return false;
      if (!statSync(place).isFile()) return true;
      return !anchorsOf(file === '' ? text : readFileSync(place, 'utf8')).has(anchor);
    });
}

const exampleReadmes = ['examples', ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`)]
  .map((directory) => `${directory}/README.md`)
  .filter((path) => existsSync(join(ROOT, path)));

describe('links of the documents', () => {
  it('are found dead where they are', () => {
    const text =
      '# A heading: `code`\n[a](#a-heading-code) [b](#none) [c](docs/none.md) [d](README.md#none) [e](lib)';
    expect(deadLinks({ path: 'README.md', text })).to.deep.equal(['#none', 'docs/none.md', 'README.md#none']);
  });

  const others = ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md', ...exampleReadmes];
  for (const page of [...PAGES, ...others.map(readPage)]) {
    it(page.path, () => {
      expect(deadLinks(page)).to.deep.equal([]);
    });
  }

  it('of the index lead to every page', () => {
    const { text } = readPage('docs/README.md');
    const linked = targetsOf(text).map((target) => target.split('#')[0]);
    const pages = PAGES.map(({ path }) => relative('docs', path)).filter((path) => !/README\.md$/.test(path));
    expect(linked).to.include.members(pages);
  });

  it('of README.md are those that npm resolves: to files of the repository, from its root', () => {
    const { text } = readPage('README.md');
    const inward = targetsOf(text).filter((target) => !/^(?:https?:|#)/.test(target));
    expect(inward.length).to.be.above(10);
    expect(inward.filter((target) => /^\.{0,2}\//.test(target))).to.deep.equal([]);
  });

  it('in messages of the library name pages that there are', () => {
    const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, 'lib', name), 'utf8'));
    const named = new Set(sources.flatMap((text) => text.match(/\b(?:docs\/)?[\w-]+\.md\b/g) ?? []));
    expect(named).to.include('docs/transforms.md');
    expect([...named].filter((path) => !existsSync(join(ROOT, path)))).to.deep.equal([]);
  });
});
