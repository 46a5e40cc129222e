/** What people ask of a build, each answered by at most two clicks. Typing into the search and its first result are one each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { earlier, fixture } from './fixture';
import { closeReports, type Opened, open } from './open';

type Step = (report: Opened) => Promise<unknown>;

const click =
  (role: 'link' | 'button', name: string): Step =>
  ({ page }) =>
    page.getByRole(role, { name, exact: true }).first().click();

const type =
  (text: string): Step =>
  ({ page }) =>
    page.fill('#field', text);

const choose =
  (key: string, value: string): Step =>
  ({ page }) =>
    page.selectOption(`#choose-${key}`, value);

interface Question {
  question: string;
  steps: [] | [Step] | [Step, Step];
  /** What the view says then. */
  answer: string;
}

const QUESTIONS: Question[] = [
  {
    question: 'Why is moment in my first page?',
    steps: [type('moment'), click('link', 'moment/moment.js')],
    answer: 'home has it at its start: ./src/home.js imports ./src/shared.js imports moment/moment.js',
  },
  {
    question: 'How much does my first page download?',
    steps: [],
    answer: 'home entry 3 62.7 kB 20.9 kB 15.7 kB',
  },
  {
    question: 'Are these the fewest bundles possible?',
    steps: [],
    answer: '6, the fewest possible, checked',
  },
  {
    question: 'How long does a visitor wait on a slow phone?',
    steps: [click('link', 'home'), choose('link', '0.4')],
    answer: 'all are there after 714 ms',
  },
  {
    question: 'What does the map cost when somebody opens it?',
    steps: [click('link', 'home')],
    answer: 'request for ./src/map.js page home 1 1.3 kB',
  },
  {
    question: 'Which packages make the cart so large?',
    steps: [click('link', 'cart')],
    answer: 'moment@2.30.1 15.0 kB moment@2.29.4 10.0 kB own modules 425 B',
  },
  {
    question: 'Who brought the second moment?',
    steps: [click('link', 'moment@2.29.4')],
    answer: './src/cart.js imports cart-kit/node_modules/moment/moment.js',
  },
  { question: 'Is a package there twice?', steps: [], answer: 'moment: moment@2.30.1, moment@2.29.4' },
  {
    question: 'Which pages have the old moment?',
    steps: [click('link', 'moment@2.29.4')],
    answer: 'Pages that have some of it at their start cart',
  },
  {
    question: 'What is the largest bundle made of?',
    steps: [click('link', 'Treemap'), click('link', 'shared.js')],
    answer: 'moment@2.30.1 15.0 kB',
  },
  {
    question: 'What did this commit add?',
    steps: [click('link', 'Compare')],
    answer: 'moment@2.30.1 added 60.0 kB +60.0 kB moment@2.29.0 removed 50.0 kB',
  },
  {
    question: 'What does a returning visitor pay?',
    steps: [click('link', 'Releases'), ({ page }) => page.locator('td a').nth(1).click()],
    answer: 'Downloads 420 B, where a new visitor downloads 15.7 kB: 2.7 %.',
  },
  {
    question: 'Why are home.js and shared.js two files?',
    steps: [type('shared.js'), click('link', 'shared.js')],
    answer: 'home.js: page cart, worker ./src/worker.js may need this one without it',
  },
  {
    question: 'Which pages share a bundle?',
    steps: [click('link', 'Matrix')],
    answer: 'shared.js 15.3 kB ● start ● start ● start',
  },
  {
    question: 'Where has my export gone?',
    steps: [type('unusedHelper')],
    answer: 'unusedHelper (left out) of ./src/shared.js',
  },
  {
    question: 'Who uses this module?',
    steps: [type('src/shared'), click('link', './src/shared.js')],
    answer:
      './src/home.js imports it ./src/cart.js imports it ./src/map.js imports it ./src/worker.js imports it',
  },
  {
    question: 'Why is a module there whose exports nobody uses?',
    steps: [type('<!--'), ({ page }) => page.locator('main li a').first().click()],
    answer: 'Nobody asks for what it exports. It is kept for its effects.',
  },
  {
    question: 'What does the build warn of, and where?',
    steps: [],
    answer: './src/cart.js:3:7',
  },
];

describe('questions to a report', () => {
  afterEach(closeReports);

  for (const { question, steps, answer } of QUESTIONS) {
    it(question, async () => {
      const report = await open(fixture(), { before: earlier() });
      for (const step of steps) await step(report);
      // A click is over before its view is there.
      for (let time = 0; time < 100 && !(await report.text()).includes(answer); time++) await sleep(20);
      expect(await report.text()).to.include(answer);
      expect(report.complaints).to.deep.equal([]);
    });
  }
});
