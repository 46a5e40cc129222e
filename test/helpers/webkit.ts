/** WebKit: WebKitGTK's small browser on a screen that nobody sees, driven by WebDriver. */
import { once } from 'node:events';
import { startBeside } from './beside';
import { findCommand, installPackages, isRoot } from './commands';
import { type Engine, missingEngine, Tab, type Visitor } from './engine';
import { freePort } from './ports';
import { Session } from './webdriver';

interface Programs {
  /** Opens the browser that it was built with. */
  driver: string;
  screen: string;
}

/** What the browser may cost, and what it must do without for root. */
const ENVIRONMENT = {
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  ...(isRoot() ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
};

let launched: Promise<Session> | undefined;

/** The session that all test files share; the browser ends with this process. */
function launch(programs: Programs): Promise<Session> {
  launched ??= start(programs);
  return launched;
}

async function start({ driver, screen }: Programs): Promise<Session> {
  const server = startBeside(screen, ['-displayfd', '1', '-nolisten', 'tcp']);
  const [display] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const port = await freePort();
  startBeside(driver, [`--port=${port}`], { ...ENVIRONMENT, DISPLAY: `:${String(display).trim()}` });
  // Tabs wait for pages by themselves.
  const capabilities = { alwaysMatch: { pageLoadStrategy: 'none' } };
  return Session.start(`http://127.0.0.1:${port}`, capabilities);
}

/** All visitors share one profile, in memory: tests have sites of their own, and cookies are deleted. */
async function createVisitor(session: Session): Promise<Visitor> {
  const open = new Set<string>();

  async function close(window: string): Promise<void> {
    if (!open.delete(window)) return;
    await session.deleteCookies(window).catch(() => undefined);
    await session.closeWindow(window);
  }

  return {
    async open(url, until) {
      const window = await session.openWindow();
      open.add(window);
      const tab = new Tab({
        navigate: (to) => session.navigate(window, to).catch(() => undefined),
        evaluate: (expression) => session.evaluate(window, expression),
        close: () => close(window),
      });
      await tab.goto(url, until);
      return tab;
    },
    async leave() {
      for (const window of [...open]) await close(window);
    },
  };
}

function findPrograms(): Programs | undefined {
  const driver = process.env.WEBKIT_DRIVER || findCommand('WebKitWebDriver');
  const screen = findCommand('Xvfb');
  return driver && screen ? { driver, screen } : undefined;
}

/** What is needed for WebKit, or why it is not there: it is installed when it is missing and this process may do that. */
function ensurePrograms(): Programs | string {
  const found = findPrograms();
  if (found) return found;
  if (!isRoot()) return 'no WebKitWebDriver or no Xvfb, and no right to install them';
  try {
    installPackages('ignore', 'webkit2gtk-driver', 'xvfb');
  } catch {
    return 'no WebKitWebDriver or no Xvfb, and they could not be installed';
  }
  return findPrograms() ?? 'no WebKitWebDriver or no Xvfb after their installation';
}

export function findWebKit(): Engine {
  const programs = ensurePrograms();
  if (typeof programs === 'string') return missingEngine('WebKit', programs);
  const visitor = async () => createVisitor(await launch(programs));
  return { name: 'WebKit', visitor, returning: visitor };
}
