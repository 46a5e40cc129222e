/** Documents that are not like others: sandboxed, in XML, under policies for integrity, or written anew by a script. */
import { expect } from 'chai';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import { Project } from '../helpers/project';
import { open } from './open';
import { listen, type Served } from './serve';
import { Site } from './site';

const files = {
  'assets/first.js': "log.push('first');\n",
  'assets/second.js': "log.push('second & <last>');\n",
  'assets/style.css': 'html { color: rgb(1, 2, 3) }',
};

const IDS = ['style', 'first', 'second'];

/** What has run, in order, errors, and the style. */
const SEEN = '[log, errors, getComputedStyle(document.documentElement).color]';
const ALL = [['first', 'second & <last>'], [], 'rgb(1, 2, 3)'];

describeInEngines('documents with assets of a server', (engine) => {
  let project: Project;
  let site: Site;
  let visitor: Visitor;

  beforeEach(async () => {
    project = new Project(files);
    site = await new Site(open(project).assets({ first: {}, second: {}, style: {} })).start();
    site.page = { patches: IDS };
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  async function visit(): Promise<Tab> {
    site.requests.length = 0;
    const tab = await visitor.open(site.url);
    await tab.until('self.isReady');
    return tab;
  }

  /** Visits as one who has everything as the server knows. */
  async function visitAsBefore(): Promise<Tab> {
    const tab = await visit();
    await tab.until("document.cookie.includes('_ds=')");
    return tab;
  }

  for (const sync of [false, true]) {
    const mode = sync ? ', at once' : '';

    it(`run them in a sandbox, for strangers and for who has them${mode}`, async () => {
      site.page = { patches: IDS, sync, policy: 'sandbox allow-scripts' };
      expect(await (await visit()).evaluate(SEEN)).to.deep.equal(ALL);
      site.page = { patches: IDS };
      await visitAsBefore();
      site.page = { patches: IDS, sync, policy: 'sandbox allow-scripts' };
      expect(await (await visit()).evaluate(SEEN)).to.deep.equal(ALL);
      expect(site.html).not.to.include('rgb(');
      expect(site.requests).to.have.lengthOf(3);
    });

    it(`run them under a policy for integrity, also by their URLs${mode}`, async () => {
      site.page = {
        patches: IDS,
        sync,
        headers: { 'integrity-policy': 'blocked-destinations=(script style)' },
      };
      const tab = await visitAsBefore();
      expect(await tab.evaluate(SEEN)).to.deep.equal(ALL);
      await tab.evaluate('localStorage.clear()');
      expect(await (await visit()).evaluate(SEEN)).to.deep.equal(ALL);
      expect(site.requests.length).to.be.at.least(3);
    });
  }

  for (const [name, change] of Object.entries({
    'written anew': "document.open(); document.write('<p>new</p>'); document.close();",
    'opened, and left empty': 'document.open();',
  })) {
    it(`run what is under way while they are ${name}`, async () => {
      const tab = await visitAsBefore();
      let answer = (): void => {};
      site.gate = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await tab.evaluate(`void (self.log = [], self.isReady = 0, localStorage.clear(),
        dynoSrc.load('first', 'HEAD'), dynoSrc.load('second', 'HEAD'), dynoSrc.ready(function () { self.isReady = 1; }),
        setTimeout(function () { ${change} }, 50))`);
      await new Promise((resolve) => setTimeout(resolve, 150));
      answer();
      await tab.until('self.isReady');
      expect(await tab.evaluate('log')).to.deep.equal(ALL[0]);
    });
  }
});

describeInEngines('documents in XML with assets of a server', (engine) => {
  let served: Served;
  let visitor: Visitor;

  before(async () => {
    const instance = open(new Project(files)).assets({ first: {}, second: {}, style: {} });
    const script = (code: string): string => `<script>//<![CDATA[\n${code}\n//]]></script>`;
    const middleware = instance.middleware();
    served = await listen((request, response) =>
      middleware(request, response, async () => {
        const client = instance.getClientLib({ sync: request.url === '/sync' }).replace(/<\/?script>/g, '');
        const calls = await instance.getPatches(request, { patches: IDS, format: 'js' });
        response.setHeader('content-type', 'application/xhtml+xml; charset=utf-8');
        const scripts = [
          "self.log = []; self.errors = []; addEventListener('error', function (e) { errors.push(e.message); });",
          client,
          ...calls,
          'self.seen = log.slice(); dynoSrc.ready(function () { self.isReady = true; });',
        ];
        const body = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>page</title>${scripts.map(script).join('')}</head><body/></html>`;
        response.end(body);
      }),
    );
  });

  beforeEach(async () => {
    visitor = await engine.visitor();
  });

  afterEach(() => visitor.leave());

  after(() => served.close());

  for (const path of ['/', '/sync']) {
    it(`run them ${path === '/' ? 'later' : 'at once, or later where they must be loaded'}`, async () => {
      for (const isKept of [true, false]) {
        const tab = await visitor.open(served.url + path);
        await tab.until("self.isReady && document.cookie.includes('_ds=')");
        expect(await tab.evaluate(SEEN)).to.deep.equal(ALL);
        expect(await tab.evaluate('seen')).to.deep.equal(path === '/sync' && isKept ? ALL[0] : []);
        await tab.evaluate('localStorage.clear()');
      }
    });
  }
});
