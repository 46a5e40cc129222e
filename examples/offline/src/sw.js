/** The service worker. It has its listeners when it has been evaluated, as browsers demand. */
import { answer } from './worker/answer.js';
import { keepFiles, removeOld, tellPages } from './worker/keep.js';

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(keepFiles());
});

addEventListener('activate', (event) => {
  event.waitUntil(removeOld().then(tellPages));
});

addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});
