/** The entry: shows the shell, which fetches the pages. */
import { createElement as h } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';

createRoot(document.getElementById('app')).render(h(App));
