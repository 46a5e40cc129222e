/** Recipes of styles, run as they stand on their pages, in Chromium. */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { expect } from 'chai';
import { png, randomBytes } from '../assets/files';
import { recipe } from '../docs/documents';
import { gulp } from '../helpers/process';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { leave, serveNothing, type Visitor, visitor } from '../pages/pages';

const PACKAGES = [
  'gulp',
  'through2',
  'vinyl',
  'dynapack',
  'sass',
  'postcss',
  'postcss-nested',
  '@tailwindcss/postcss',
  'tailwindcss',
  '@vue/compiler-sfc',
  'vue',
  'svelte',
  'esbuild',
];

/** Builds a project and opens the page of an entry, with its head and its snippet where the recipe puts them. */
async function open(files: ProjectFiles, gulpfile = recipe('minimal'), body = ''): Promise<Visitor> {
  const project = new Project({ ...files, 'gulpfile.js': gulpfile }).link(...PACKAGES);
  const { code, output } = await gulp(project.directory, 'scripts').finished;
  expect(code, output).to.equal(0);
  const site = await serveNothing();
  for (const path of Object.keys(readFiles(project.path('public'))))
    site.set(`/${path}`, { body: readFileSync(project.path(`public/${path}`)) });
  const include = (_: string, path: string): string => readFileSync(project.path(`views/${path}`), 'utf8');
  const page = recipe('styles-page').replace('<p class="home">', `${body}$&`);
  site.set('/', { body: page.replace(/<%- include\('(.*?)'\) %>/g, include) });
  const guest = await visitor();
  await guest.open(`${site.url}/`);
  return guest;
}

const styleOf = (guest: Visitor, selector: string, property: string): Promise<string> =>
  guest.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`);

/** The transform for TypeScript, to be put behind or before others. */
const [typescript] = /const typescript = [\s\S]*?\n {2}\}\);\n/.exec(recipe('transform')) as unknown as [
  string,
];

/** Where lines of the bundle that have a text come from: files, and their lines from 0. */
function placesOf(project: Project, text: RegExp): [string, number][] {
  const bundle = readFileSync(project.path('public/js/home.js'), 'utf8');
  const map = JSON.parse(readFileSync(project.path('public/js/home.js.map'), 'utf8'));
  const places = bundle.split('\n').flatMap((line, index): [string, number][] => {
    const [found] = text.exec(line) ?? [];
    if (found === undefined) return [];
    const entry = new SourceMap(map).findEntry(index, line.indexOf(found));
    return 'originalSource' in entry ? [[entry.originalSource, entry.originalLine]] : [];
  });
  return places.sort();
}

describe('recipes of styles', () => {
  afterEach(leave);

  it('styles: base, page and font; the menu has its style when it shows', async () => {
    const font = randomBytes(400, 3);
    const guest = await open({
      'src/pages/home.js': recipe('styles'),
      'src/styles/home.css': recipe('styles-css'),
      'src/styles/base.css': '.home { color: rgb(1, 2, 3); font-family: serif }',
      'src/styles/colors.css': '.home { background: rgb(4, 5, 6) }',
      'src/fonts/body.woff2': font,
      'src/parts/menu.js':
        "import './menu.css'; export const show = () => { self.seen = getComputedStyle(document.body).margin; };",
      'src/parts/menu.css': 'body { margin: 17px }',
    });
    expect(await styleOf(guest, '.home', 'color')).to.equal('rgb(1, 2, 3)');
    expect(await styleOf(guest, '.home', 'backgroundColor')).to.equal('rgb(4, 5, 6)');
    expect(await styleOf(guest, '.home', 'fontFamily')).to.equal('Body');
    const url =
      'new URL([...document.styleSheets].flatMap(({ cssRules, href }) => [...cssRules].map((rule) => rule.style?.src && new URL(/"(.*?)"/.exec(rule.style.src)[1], href))).find(Boolean)).href';
    const bytes = await guest.evaluate<number[]>(
      `fetch(${url}).then((response) => response.arrayBuffer()).then((buffer) => [...new Uint8Array(buffer)])`,
    );
    expect(Buffer.from(bytes).equals(font)).to.equal(true);
    await guest.evaluate("document.querySelector('#open').click()");
    await guest.until('self.seen');
    expect(await guest.evaluate('seen')).to.equal('17px');
  });

  it('css-modules: names of their own', async () => {
    const guest = await open({
      'src/pages/home.js':
        "import { card } from '../parts/card.js'; document.querySelector('.home').innerHTML = card('x');",
      'src/parts/card.js': recipe('css-modules'),
      'src/parts/card.module.css':
        ".card { composes: title from './type.module.css'; color: rgb(7, 8, 9) } .wide { width: 123px }",
      'src/parts/type.module.css': '.title { margin: 3px }',
    });
    await guest.until("document.querySelector('.home p, p p, [class*=card]')");
    expect(await styleOf(guest, '[class*=card]', 'color')).to.equal('rgb(7, 8, 9)');
    expect(await styleOf(guest, '[class*=card]', 'width')).to.equal('123px');
    expect(await styleOf(guest, '[class*=card]', 'margin')).to.equal('3px');
  });

  it('styles-transform: Sass and PostCSS', async () => {
    const guest = await open(
      {
        'src/pages/home.js': "import './home.scss'; import './plain.css';",
        'src/pages/home.scss': "@use './vars'; .home { color: vars.$color; background: url(dot.png) }",
        'src/pages/_vars.scss': '$color: rgb(9, 8, 7);',
        'src/pages/plain.css': 'body { .home { margin: 5px } }',
        'src/pages/dot.png': png(2),
      },
      recipe('styles-transform'),
    );
    expect(await styleOf(guest, '.home', 'color')).to.equal('rgb(9, 8, 7)');
    expect(await styleOf(guest, '.home', 'margin')).to.equal('5px');
    expect(await styleOf(guest, '.home', 'backgroundImage')).to.match(
      /\/js\/assets\/src\/pages\/dot\.png"\)$/,
    );
  });

  it('styles-transform: Tailwind', async () => {
    const guest = await open(
      {
        'src/pages/home.js': "import './home.css'; self.text = 'underline mt-[7px]';",
        'src/pages/home.css': "@import 'tailwindcss';",
      },
      recipe('styles-transform').replace("require('postcss-nested')()", "require('@tailwindcss/postcss')()"),
      '<p class="underline mt-[7px]" id="tailwind">x</p>',
    );
    expect(await styleOf(guest, '#tailwind', 'marginTop')).to.equal('7px');
    expect(await styleOf(guest, '#tailwind', 'textDecorationLine')).to.equal('underline');
  });

  it('styles-vue: the style of a component is scoped, and there when it is shown', async () => {
    const guest = await open(
      {
        'src/pages/home.js':
          "import { createApp } from 'vue'; import App from './App.vue'; createApp(App).mount('.home');",
        'src/pages/App.vue': `<script setup>import { ref } from 'vue'; const count = ref(3);</script>
<template><b class="count">{{ count }}</b></template>
<style scoped>.count { color: rgb(5, 6, 7) }</style>`,
      },
      recipe('styles-vue'),
      '<b class="count" id="other">x</b>',
    );
    await guest.until("document.querySelector('.home .count')");
    expect(await styleOf(guest, '.home .count', 'color')).to.equal('rgb(5, 6, 7)');
    expect(await styleOf(guest, '#other', 'color')).to.equal('rgb(0, 0, 0)');
    expect(await guest.evaluate("document.querySelector('.home .count').textContent")).to.equal('3');
  });

  it('styles-vue: TypeScript in a component, by another transform behind it', async () => {
    const gulpfile = recipe('styles-vue')
      .replace("file.extname = '.js'", "file.extname = '.ts'")
      .replace('.pipe(vue())', '.pipe(vue()).pipe(typescript())')
      .replace('const vue =', () => `const esbuild = require('esbuild');\n${typescript}const vue =`);
    const guest = await open(
      {
        'src/pages/home.js':
          "import { createApp } from 'vue'; import App from './App.vue'; createApp(App).mount('.home');",
        'src/pages/App.vue': `<script setup lang="ts">import { ref } from 'vue'; const count = ref<number>(3);</script>
<template><b class="count">{{ (count as number) }}</b></template>
<style>.count { margin: 1px }</style>`,
      },
      gulpfile,
    );
    await guest.until("document.querySelector('.home .count')");
    expect(await guest.evaluate("document.querySelector('.home .count').textContent")).to.equal('3');
  });

  it('styles-vue: maps lead to components', async () => {
    const project = new Project({
      'gulpfile.js': recipe('styles-vue'),
      'src/pages/home.js': "import App from './App.vue'; self.all = App;",
      'src/pages/App.vue': `<template>
  <button @click="fail">x</button>
</template>
<script setup>
import './other.css';
const fail = () => {
  throw new Error('in App');
};
</script>
<style>button { color: red }</style>`,
      'src/pages/other.css': '',
    }).link(...PACKAGES);
    const { code, output } = await gulp(project.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    expect(placesOf(project, /throw new Error\('in App'/)).to.deep.equal([['src/pages/App.vue', 6]]);
  });

  it('styles-svelte: likewise, with runes in modules', async () => {
    const guest = await open(
      {
        'src/pages/home.js':
          "import { mount } from 'svelte'; import App from '../parts/App.svelte'; mount(App, { target: document.querySelector('.home') });",
        'src/parts/App.svelte': `<script lang="ts">import Bare from './Bare.svelte'; import { counter, more } from './counter.svelte.js';
const step: number = $state(2);</script>
<b class="count" onclick={() => more(step)}>{counter.value}</b><Bare />
<style>.count { color: rgb(6, 7, 8) }</style>`,
        'src/parts/Bare.svelte': '<i>bare</i>',
        'src/parts/counter.svelte.js': `export const counter = $state({ value: 4 });
export const more = (step) => { counter.value += step; };`,
      },
      recipe('styles-svelte'),
      '<b class="count" id="other">x</b>',
    );
    await guest.until("document.querySelector('.home .count')");
    expect(await styleOf(guest, '.home .count', 'color')).to.equal('rgb(6, 7, 8)');
    expect(await styleOf(guest, '#other', 'color')).to.equal('rgb(0, 0, 0)');
    await guest.evaluate("document.querySelector('.home .count').click()");
    await guest.until("document.querySelector('.home').textContent.includes('6bare')");
  });

  it('styles-svelte: maps lead to components and modules, those in TypeScript behind esbuild included', async () => {
    const counter = (type: string): string =>
      `export const counter = $state({ value: 4 });\n\nexport function more(step${type}) {\n  counter.value += step; // here\n}\n`;
    const project = new Project({
      'gulpfile.js': recipe('styles-svelte')
        .replace("const { src, dest } = require('gulp');", `$&\nconst esbuild = require('esbuild');`)
        .replace('const svelte =', () => `${typescript}const svelte =`)
        .replace('.pipe(svelte())', '.pipe(typescript())$&'),
      'src/pages/home.js':
        "import App from './App.svelte'; import { more } from '../parts/counter.svelte.js'; import * as typed from '../parts/typed.svelte.ts'; self.all = [App, more, typed];",
      'src/pages/App.svelte': `<script>
  const fail = () => {
    throw new Error('in App');
  };
</script>
<button onclick={fail}>x</button>
<style>button { color: red }</style>`,
      'src/parts/counter.svelte.js': counter(''),
      'src/parts/typed.svelte.ts': counter(': number'),
    }).link(...PACKAGES);
    const { code, output } = await gulp(project.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    expect(placesOf(project, /throw new Error\('in App'|[.\w]+ \+= step/)).to.deep.equal([
      ['src/pages/App.svelte', 2],
      ['src/parts/counter.svelte.js', 3],
      ['src/parts/typed.svelte.ts', 2],
    ]);
  });
});
