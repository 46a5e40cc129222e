import { type Use, use } from '../use';

/** Elements, components and their styles, rendered to text. */
export const userInterface: Use[] = [
  use('react', 'require')`
    const { Children, createElement, isValidElement } = require('react');
    const children = Children.toArray([createElement('b', null, 1), null, 'text']);
    module.exports = children.map((child) => [isValidElement(child), child.key ?? child]);
  `,
  use('react', 'import')`
    import { cloneElement, createElement, version } from 'react';
    export default [version, cloneElement(createElement('a', { href: '/' }, 'home'), { rel: 'x' }).props];
  `,
  use('react-dom', 'both')`
    const { createElement, useState } = require('react');
    const { renderToStaticMarkup } = require('react-dom/server');
    const Counter = () => createElement('button', { className: 'counter' }, useState(() => 3)[0]);
    module.exports = import('react-dom/server').then((server) => [
      server.default.renderToStaticMarkup === renderToStaticMarkup,
      server.renderToStaticMarkup(createElement(Counter)),
    ]);
  `,
  use('react-router', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import { generatePath, matchPath, MemoryRouter, Route, Routes, useParams } from 'react-router';
    const Page = () => createElement('p', null, useParams().id);
    const routes = createElement(Routes, null, createElement(Route, { path: '/users/:id', Component: Page }));
    export default [
      matchPath('/users/:id', '/users/7').params,
      generatePath('/a/:b', { b: 'c' }),
      renderToStaticMarkup(createElement(MemoryRouter, { initialEntries: ['/users/9'] }, routes)),
    ];
  `,
  use('react-hook-form', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import { get, useForm } from 'react-hook-form';
    function Form() {
      const { register } = useForm({ defaultValues: { name: 'Ada' } });
      return createElement('input', { name: register('name').name });
    }
    export default [get({ a: [{ b: 1 }] }, 'a.0.b'), renderToStaticMarkup(createElement(Form))];
  `,
  use('react-redux', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import { Provider, useSelector } from 'react-redux';
    import { createStore } from 'redux';
    const Name = () => createElement('i', null, useSelector((state) => state.name));
    const store = createStore(() => ({ name: 'stored' }));
    export default renderToStaticMarkup(createElement(Provider, { store }, createElement(Name)));
  `,
  use('react-transition-group', 'require')`
    const { createElement } = require('react');
    const { renderToStaticMarkup } = require('react-dom/server');
    const { CSSTransition } = require('react-transition-group');
    const child = createElement('div', { className: 'box' }, 'in');
    const transition = createElement(CSSTransition, { in: true, timeout: 10, classNames: 'fade' }, child);
    module.exports = renderToStaticMarkup(transition);
  `,
  use('react-is', 'require')`
    const { createElement, Fragment } = require('react');
    const { isElement, isFragment, typeOf } = require('react-is');
    module.exports = [isElement('p'), isFragment(createElement(Fragment)), String(typeOf(createElement('p')))];
  `,
  use('prop-types', 'require')`
    module.exports = Object.keys(require('prop-types')).sort();
  `,
  use('swr', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import useSWR, { SWRConfig, unstable_serialize } from 'swr';
    const Shown = () => createElement('p', null, useSWR('/name').data);
    const page = createElement(SWRConfig, { value: { fallback: { '/name': 'Grace' } } }, createElement(Shown));
    export default [renderToStaticMarkup(page), unstable_serialize(['a', { b: 1 }])];
  `,
  use('wouter', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import { Route, Router } from 'wouter';
    const route = createElement(Route, { path: '/dogs/:name' }, ({ name }) => createElement('p', null, name));
    export default renderToStaticMarkup(createElement(Router, { ssrPath: '/dogs/rex' }, route));
  `,
  use('@radix-ui/react-label', 'import')`
    import { Label } from '@radix-ui/react-label';
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    export default renderToStaticMarkup(createElement(Label, { htmlFor: 'name' }, 'Name'));
  `,
  use('react-markdown', 'import')`
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    import Markdown from 'react-markdown';
    export default renderToStaticMarkup(createElement(Markdown, null, '# Title\\n\\n* *one*\\n* [two](/two)'));
  `,
  use('styled-components', 'require')`
    const { css, isStyledComponent, styled } = require('styled-components');
    const size = css\`margin: \${2 + 1}px;\`;
    module.exports = [size.join('|'), isStyledComponent(styled.a\`\${size}\`), isStyledComponent('a')];
  `,
  use('@emotion/css', 'import')`
    import { css, cx } from '@emotion/css';
    export default [css({ color: 'red', ':hover': { margin: 4 } }), cx('a', false, 'b')];
  `,
  use('@emotion/serialize', 'require')`
    const { serializeStyles } = require('@emotion/serialize');
    const { name, styles } = serializeStyles([{ color: 'blue', padding: 8 }]);
    module.exports = { name, styles };
  `,
  use('framer-motion', 'import')`
    import { interpolate, mix, motion, wrap } from 'framer-motion';
    import { createElement } from 'react';
    import { renderToStaticMarkup } from 'react-dom/server';
    export default [
      interpolate([0, 10], [0, 200])(5),
      mix(0, 4, 0.25),
      wrap(0, 3, 4),
      renderToStaticMarkup(createElement(motion.p, { style: { x: 3 } }, 'moved')),
    ];
  `,
  use('vue', 'import')`
    import { renderToString } from '@vue/server-renderer';
    import { computed, createSSRApp, h, ref } from 'vue';
    const count = ref(2);
    const double = computed(() => count.value * 2);
    count.value = 5;
    export default renderToString(createSSRApp({ render: () => h('p', { id: 'sum' }, [double.value]) }));
  `,
  use('vue', 'require')`
    const { reactive, toRaw, watchSyncEffect } = require('vue');
    const seen = [];
    const state = reactive({ name: 'a' });
    watchSyncEffect(() => seen.push(state.name));
    state.name = 'b';
    module.exports = [seen, toRaw(state)];
  `,
  use('preact', 'import')`
    import { Fragment, h } from 'preact';
    import { useMemo } from 'preact/hooks';
    import { renderToString } from 'preact-render-to-string';
    const Sum = ({ of }) => h(Fragment, null, useMemo(() => of.reduce((a, b) => a + b), of));
    export default renderToString(h('p', { class: 'sum' }, h(Sum, { of: [1, 2, 3] })));
  `,
  use('preact', 'require')`
    const { createElement, toChildArray } = require('preact');
    module.exports = toChildArray([createElement('b', { key: 1 }), null, [2]]).map((node) => node.type ?? node);
  `,
  use('preact-render-to-string', 'require')`
    const { h } = require('preact');
    const { render } = require('preact-render-to-string');
    module.exports = render(h('ul', null, ['a', 'b'].map((item) => h('li', { key: item }, item))));
  `,
  use('htm', 'import')`
    import htm from 'htm';
    const html = htm.bind((type, props, ...children) => ({ type, props, children }));
    export default html\`<a href="/" ...\${{ rel: 'x' }}>home <b>\${1}</b></a>\`;
  `,
  use('lit', 'import')`
    import { css, html } from 'lit';
    const { strings, values } = html\`<p class=\${'big'}>\${1}</p>\`;
    export default [strings, values, css\`p { color: \${css\`red\`} }\`.cssText];
  `,
  use('solid-js', 'import')`
    import { createRoot, createSignal, mergeProps } from 'solid-js';
    import { createStore } from 'solid-js/store';
    const [count, setCount] = createSignal(1);
    const [store, setStore] = createStore({ items: ['a'] });
    setCount((value) => value + 1);
    setStore('items', 1, 'b');
    export default createRoot(() => [count(), store.items, { ...mergeProps({ a: 1 }, { b: 2 }) }]);
  `,
  use('svelte', 'import')`
    import { derived, get, writable } from 'svelte/store';
    const count = writable(1);
    const double = derived(count, (value) => value * 2);
    count.update((value) => value + 4);
    export default get(double);
  `,
  use('mithril', 'require')`
    const m = require('mithril/hyperscript');
    const { tag, attrs } = m('a.big#home', { href: '/' }, 'home');
    module.exports = { tag, attrs };
  `,
  use('@floating-ui/core', 'import')`
    import { computePosition, flip, offset } from '@floating-ui/core';
    const platform = {
      getElementRects: () => ({
        reference: { x: 10, y: 10, width: 50, height: 20 },
        floating: { x: 0, y: 0, width: 80, height: 30 },
      }),
      getDimensions: () => ({ width: 80, height: 30 }),
      getClippingRect: () => ({ x: 0, y: 0, width: 400, height: 400 }),
    };
    export default computePosition({}, {}, { platform, placement: 'top', middleware: [offset(5), flip()] }).then(
      ({ x, y, placement }) => ({ x, y, placement }),
    );
  `,
  use('@popperjs/core', 'require')`
    const { placements, top, variationPlacements } = require('@popperjs/core/lib/enums.js');
    module.exports = [placements.length, top, variationPlacements];
  `,
  use('gsap', 'import')`
    import { gsap } from 'gsap';
    const { clamp, mapRange, snap, wrap } = gsap.utils;
    export default [clamp(0, 10, 12), mapRange(0, 1, 0, 200, 0.5), snap(5, 12), wrap(['a', 'b'], 3)];
  `,
];
