/**
 * The "fetched" panel: what the page started with, and what each click brought. Every step is an item with `data-step`,
 * `data-bundles` (how many bundles of scripts) and `data-state`. Every file in it has its name as `data-bundle`, `data-style`,
 * `data-font` or `data-picture`, and `data-bytes`; `data-source` tells whether it came from the network or from the browser's cache.
 */
import dayjs from 'dayjs';
import './fetched.css';

const list = document.getElementById('fetched-list');

/** The steps so far, in order of time. A download belongs to the last step that had begun when it did. */
const steps = [];

function beginStep(name, label) {
  const item = document.createElement('li');
  item.dataset.step = name;
  item.dataset.state = 'pending';
  const title = document.createElement('h3');
  title.textContent = `${label}, ${dayjs().format('HH:mm:ss')}`;
  const bundles = document.createElement('ul');
  item.append(title, bundles);
  list.append(item);
  const step = { item, bundles, began: steps.length === 0 ? 0 : performance.now() };
  steps.push(step);
  render(step);
  return step;
}

function endStep(step, error) {
  receive(observer.takeRecords());
  step.item.dataset.state = error ? 'failed' : 'done';
  render(step);
  if (error) {
    const message = document.createElement('p');
    message.setAttribute('role', 'alert');
    message.textContent = error.message;
    step.item.append(message);
  }
}

function render({ item, bundles }) {
  const isEmpty = bundles.children.length === 0;
  item.dataset.bundles = bundles.querySelectorAll('[data-bundle]').length;
  bundles.dataset.empty = item.dataset.state === 'pending' ? '…' : 'nothing: it was all there';
  bundles.classList.toggle('empty', isEmpty);
}

const kinds = { js: 'bundle', css: 'style', woff2: 'font', svg: 'picture' };

function addDownload({ name, startTime, encodedBodySize, transferSize }) {
  const step = steps.filter(({ began }) => began <= startTime).pop();
  const file = new URL(name).pathname.replace('/js/', '');
  const source = transferSize === 0 ? 'cache' : 'network';
  const item = document.createElement('li');
  item.dataset[kinds[file.split('.').pop()]] = file;
  Object.assign(item.dataset, { source, bytes: encodedBodySize });
  const size = document.createElement('span');
  size.textContent = `${encodedBodySize.toLocaleString('en')} B`;
  item.append(file, ' ', size);
  step.bundles.append(item);
  render(step);
}

/** A download that failed has no body. */
const hasArrived = ({ name, encodedBodySize }) =>
  new URL(name).pathname.startsWith('/js/') && encodedBodySize > 0;

function receive(entries) {
  entries.filter(hasArrived).forEach(addDownload);
}

/** Runs an action that may give a promise, and lists what it fetches until that is fulfilled. */
export async function during(name, label, action) {
  const step = beginStep(name, label);
  try {
    await action();
    endStep(step);
  } catch (error) {
    endStep(step, error);
  }
}

/** Gives the button of that id its action. */
export function onClick(id, action) {
  const button = document.getElementById(id);
  button.addEventListener('click', () => during(id, button.textContent, action));
  button.disabled = false;
}

const observer = new PerformanceObserver((records) => receive(records.getEntries()));
const start = beginStep('start', 'Page start');
observer.observe({ type: 'resource', buffered: true });
// What the page started with has arrived, or this would not run; the observer is told of it in a moment.
setTimeout(endStep, 0, start);
