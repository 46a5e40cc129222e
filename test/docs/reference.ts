/** The pages of the reference, made from declarations in the sources and from the command's help: `npx gulp reference` writes them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { help } from '../../lib/cli/arguments';
import { aliasOf, type Member, membersOf } from './declarations';
import { ROOT } from './documents';

/** Where guides tell of an option: page, and anchor. */
const GUIDES: Record<string, string> = {
  prefix: 'getting-started.md#2-a-page-and-its-script',
  debug: 'report.md',
  split: 'production.md#fewer-larger-bundles',
  shake: 'modules.md#what-is-left-out',
  dynamic: 'loading.md#load-parts-later',
  builtins: 'modules.md#resolution',
  env: 'modules.md#names-that-stand-for-something',
  define: 'modules.md#names-that-stand-for-something',
  dotenv: 'modules.md#names-that-stand-for-something',
  provide: 'modules.md#names-that-stand-for-something',
  root: 'modules.md#resolution',
  resolve: 'modules.md#resolution',
  external: 'modules.md#resolution',
  parser: 'transforms.md#another-parser-or-newer-syntax',
  loader: 'security.md#a-loader-in-a-file',
  updates: 'releases.md#two-modes',
  worker: 'releases.md#two-modes',
  trustedTypes: 'security.md#trusted-types',
  inline: 'styles-and-assets.md#images-fonts-and-other-files',
  standalone: 'workers.md#scripts-that-stand-alone',
  library: 'workers.md#libraries',
  name: 'loading.md#two-packs-on-one-page',
  sourcemaps: 'production.md#source-maps',
  budgets: 'budgets.md',
  cache: 'watch.md',
  timeout: 'troubleshooting.md#errors-of-the-build',
};

/** Types that options name. */
const TYPES = [
  ['lib/options/budgets.ts', 'Budgets'],
  ['lib/parse/parser.ts', 'Parser'],
  ['lib/parse/provide/provide.ts', 'Provide'],
  ['lib/fs/aliases.ts', 'Replacements'],
] as const;

const MADE = '<!-- Made by `npx gulp reference` from the declarations in lib. Change these. -->';

/** Text for a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const code = (text: string): string => cell(`\`${text}\``);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---|').join('')}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');

/** What its comment says, for a cell. */
function told({ name, text }: Member, place: string): string {
  if (text === '') throw new Error(`${place}.${name} has no doc comment`);
  return cell(text);
}

/** Options and fields: name, type, what the comment says. */
const properties = (path: string, name: string, prefix = ''): string =>
  table(
    ['name', 'type', ''],
    membersOf(path, name)
      .filter(({ isMethod }) => !isMethod)
      .map((member) => [code(prefix + member.name), code(member.type), told(member, `${path}: ${name}`)]),
  );

const options = (): string =>
  table(
    ['option', 'type', '', 'guide'],
    membersOf('lib/options/pack.ts', 'Options').map((member) => {
      const guide = GUIDES[member.name];
      if (guide === undefined)
        throw new Error(`no guide tells of the option '${member.name}': name one in GUIDES`);
      const text = member.text || 'How modules are found, see below.';
      return [code(member.name), code(member.type), cell(text), `[${guide.replace(/\.md.*/, '')}](${guide})`];
    }),
  );

/** Methods: each once, with the errors that it throws. */
function methods(members: readonly Member[], object: string): string {
  const own = members.filter(({ isMethod, event, text }) => isMethod && event === undefined && text !== '');
  const first = own.filter(({ name }, index) => own.findIndex((other) => other.name === name) === index);
  return table(
    ['call', '', 'throws'],
    first.map(({ name, type, text, throws }) => [code(`${object}.${name}${type}`), cell(text), cell(throws)]),
  );
}

const EVENTS: Record<string, string> = {
  bundled: 'What the build has made, before bundles are given out.',
  log: 'A module that is ready, or how long a phase took: see `LogEvent`.',
  warning: 'Something that a build goes on with: see [Troubleshooting](troubleshooting.md#warnings).',
};

function events(members: readonly Member[]): string {
  const listened = members.filter(({ event, name }) => event !== undefined && name === 'on');
  return table(
    ['event', 'listener', ''],
    listened.map(({ event = '', type, text }) => {
      const listener = type.replace(/^\(event: '\w+', listener: /, '').replace(/ => void\)$/, '');
      return [code(event), code(listener), cell(text || (EVENTS[event] as string))];
    }),
  );
}

const section = (title: string, ...parts: readonly string[]): string =>
  [`## ${title}`, ...parts].join('\n\n');

function packPage(): string {
  const pack = membersOf('lib/pack.ts', 'Pack');
  return [
    '# Reference: the pack',
    MADE,
    '`dynapack(options)` is a Transform: entries in (vinyl Files, absolute paths, `{ path, contents }`), bundle Files\nout. It works with and without `new`.',
    section('Options', options()),
    section('`resolve`', properties('lib/fs/settings.ts', 'ResolveOptions', 'resolve.')),
    section('`split`', properties('lib/options/pack.ts', 'SplitOptions', 'split.')),
    section('`dotenv`', properties('lib/options/dotenv.ts', 'DotenvOptions', 'dotenv.')),
    section(
      'Types of options',
      table(
        ['name', 'type', ''],
        TYPES.map(([path, name]) => {
          const { type, text } = aliasOf(path, name);
          return [code(name), code(type), cell(text)];
        }),
      ),
    ),
    section('Members of a pack', methods(pack, 'pack')),
    section('`scripts(options)`', properties('lib/options/scripts.ts', 'ScriptsOptions')),
    section(
      '`patches(options)`',
      properties('lib/options/patches.ts', 'PatchesOptions'),
      'Of `dynapack.patches()` only:',
      properties('lib/options/patches.ts', 'LonePatchesOptions'),
    ),
    section('`report(options)`', properties('lib/options/report.ts', 'ReportOptions')),
    section(
      '`minify(fn, options)`',
      'Either may be left out. Options:',
      properties('lib/options/minify.ts', 'MinifyOptions'),
      'The function gets the code of a module, and this:',
      properties('lib/minify/minifier.ts', 'MinifiedModule'),
      'It gives code, or this, or a promise of one of them:',
      properties('lib/minify/minifier.ts', 'MinifierOutput'),
    ),
    section(
      'Members of `dynapack`',
      methods(membersOf('lib/index.ts', 'Dynapack'), 'dynapack'),
      "A cache tells of changes: `cache.on('change', (path) => …)`. `dynapack.DynapackError` is the class of every failure.",
    ),
    section('Events', events(pack)),
    section(
      '`bundled`',
      properties('lib/model.ts', 'SplitMetadata'),
      properties('lib/model.ts', 'BuildMetadata'),
    ),
    section('`price`, with `split`', properties('lib/model.ts', 'SplitPrice')),
    section('`graph`', properties('lib/report/graph.ts', 'BuildGraph')),
    section(
      '`log`',
      table(
        ['`type`', 'fields', ''],
        [
          [
            '`module`',
            '`path`, `ready`, `found`',
            'A module that is ready, how many are, and how many are known of.',
          ],
          [
            '`timing`',
            '`phase`, `milliseconds`',
            'How long a phase took: `discover`, `parse` (a part of it), `split`, `render`, `minify`.',
          ],
        ],
      ),
    ),
    section('`warning`', properties('lib/warnings.ts', 'BuildWarning')),
    section('`DynapackError`', properties('lib/dynapack-error.ts', 'DynapackError')),
    section(
      '`manifest.json`',
      properties('lib/render/manifest.ts', 'Manifest'),
      'An entry:',
      properties('lib/render/manifest.ts', 'ManifestEntry'),
      'A script or a style:',
      properties('lib/render/manifest.ts', 'ManifestScript'),
    ),
  ].join('\n\n');
}

function serverPage(): string {
  return [
    '# Reference: the server',
    MADE,
    '`dynapack/server` is an instance that is ready to use. [A server that sends what is missing](server.md) shows how.',
    section('Methods', methods(membersOf('lib/server/dynosrc.ts', 'DynoSrc'), 'dynosrc')),
    section('`globals(options)`', properties('lib/server/settings.ts', 'Globals')),
    section('Assets', properties('lib/server/assets.ts', 'AssetOptions')),
    section('`getPatches(request, options)`', properties('lib/server/arguments.ts', 'PageOptions')),
    section(
      '`getClientLib(options)`, `afterPatches(snippet, options)`',
      properties('lib/server/arguments.ts', 'NonceOptions'),
      'Of `getClientLib()` only:',
      properties('lib/server/arguments.ts', 'ClientOptions'),
    ),
    section(
      '`defineSource(name, source)`',
      methods(membersOf('lib/server/sources/source.ts', 'Source'), 'source'),
      properties('lib/server/sources/source.ts', 'SourceText'),
    ),
  ].join('\n\n');
}

function commandPage(): string {
  return [
    '# Reference: the command line',
    MADE,
    '`npx dynapack --help` prints this:',
    `\`\`\`\n${help.trimEnd()}\n\`\`\``,
    section(
      'Examples',
      table(
        ['command', 'what it does'],
        [
          [
            '`dynapack src/pages/*.js -o public/js -p /js/`',
            'bundles and HTML, and what each entry starts with',
          ],
          ['`dynapack src/pages/*.js --watch`', 'the same, again at every change'],
          [
            '`dynapack src/pages/*.js --minify --releases releases`',
            '[patches](releases.md), with hashes in names',
          ],
          ['`dynapack src/pages/*.js --report`', 'a [report](report.md)'],
          [
            "`dynapack src/pages/*.js --budget 'home=80 kB'`",
            'fails if the page is larger: [budgets](budgets.md)',
          ],
          ['`dynapack why moment src/pages/*.js`', 'who asks for it, and how it would leave'],
          [
            '`dynapack --standalone src/sw.js`',
            'one script that [stands alone](workers.md#scripts-that-stand-alone)',
          ],
        ],
      ),
    ),
  ].join('\n\n');
}

/** Path → text. */
export const referencePages = (): Record<string, string> => ({
  'docs/reference.md': `${packPage()}\n`,
  'docs/reference-server.md': `${serverPage()}\n`,
  'docs/reference-command-line.md': `${commandPage()}\n`,
});

if (require.main === module)
  for (const [path, text] of Object.entries(referencePages())) writeFileSync(join(ROOT, path), text);
