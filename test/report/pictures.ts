/** Pictures of a report in the light and in the dark: `npx gulp pictures` writes them to docs/images. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { close } from '../helpers/chromium';
import { generate } from './generated';
import { closeReports, open } from './open';

const DIRECTORY = join(__dirname, '../../docs/images');

/** A shop of some size: large enough to look like one, small enough to be read. */
const SHOP = { modules: 160, pages: 6, lazy: 6, packages: 12 };

const VIEW = '#treemap';

async function takePictures(): Promise<void> {
  const data = generate(4, SHOP);
  await mkdir(DIRECTORY, { recursive: true });
  for (const [colorScheme, name] of [
    ['light', 'report.png'],
    ['dark', 'report-dark.png'],
  ] as const) {
    const { page, show } = await open(data, { colorScheme, height: 850 });
    await show(VIEW);
    await page.screenshot({ path: join(DIRECTORY, name) });
    await closeReports();
  }
  await close();
}

void takePictures();
