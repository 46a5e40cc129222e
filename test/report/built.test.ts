/** The page of a report that a build has made: it shows the data as they come, and complains of nothing. */
import { expect } from 'chai';
import { closeReports, open } from './open';
import { buildSite, makeSite, sizesOnDisk } from './site';

describe('the page of a build', function () {
  this.timeout(120_000);
  afterEach(closeReports);

  it('shows each view of a site with styles, workers, releases, and scripts that stand alone', async () => {
    const project = makeSite({ 'src/sw.js': "import { used } from './dates.js'; self.sw = used;" });
    const task = {
      entries: ['home', 'about', 'sw'],
      releases: 'kept',
      options: { standalone: ['src/sw.js'] },
    };
    const first = await buildSite(project, task);
    project.write({ 'src/about.js': "import { format } from './dates.js'; self.about = format();" });
    const { data } = await buildSite(project, task);
    const opened = await open(data, { before: first.data });
    const views = [
      '#overview',
      '#page=home',
      '#page=about',
      '#treemap',
      '#graph',
      '#matrix',
      '#releases',
      `#releases=${data.releases?.[0]?.id}`,
      '#compare',
      '#search=moment',
      ...data.modules.map(({ name }) => `#module=${name}`),
      ...data.bundles.map(({ name }) => `#bundle=${name}`),
      ...data.packages.map(({ directory }) => `#package=${directory}`),
    ];
    for (const view of views) {
      await opened.show(view);
      expect(await opened.text(), view).to.have.length.above(10);
    }
    expect(opened.complaints).to.deep.equal([]);
    await opened.show('#overview');
    expect(await opened.text())
      .to.include('Scripts that stand alone')
      .and.match(/sw-[0-9a-f]{10}\.js 3 /);
    await opened.show('#bundle=home.js');
    const { served } = data.bundles.find(({ name }) => name === 'home.js') as (typeof data.bundles)[number];
    const { raw, gzip, brotli } = sizesOnDisk(project, served);
    const terms = Object.values(await opened.terms()).join(' ');
    const text = `${terms} ${await opened.text()}`;
    for (const size of [raw, gzip, brotli]) expect(text).to.include(String(size));
  });
});
