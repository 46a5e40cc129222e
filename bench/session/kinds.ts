/** What happens in sessions, again and again. Each step leaves much behind if anything is kept of it. */
import { rmSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { dest } from 'vinyl-fs';
import type { Session } from './session';

/** @param count how many steps there were before */
export type Step = (session: Session, count: number) => Promise<void>;

/** Some 10 kB that are in no other build. */
const statement = (session: Session, count: number): string =>
  `self.filler = "${session.markOf(count).padEnd(10_000, ' filler')}";`;

/** A path that no other build has, through directories of its own. */
const newPath = (session: Session, count: number): string =>
  `new/${`${session.markOf(count)}${'long'.repeat(40)}/`.repeat(4)}module.js`;

async function failing(session: Session): Promise<void> {
  const failed = await session.build().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error('the build has not failed');
}

export const kinds: Record<string, Step> = {
  'edits of a body': (session, count) => {
    session.edit(statement(session, count));
    return session.build();
  },
  'edits of imports': (session, count) => {
    const { modules } = session.application;
    const other = session.specifierOf(modules[(count * 37) % modules.length] as string);
    session.edit(`import(${other}); ${statement(session, count)}`);
    return session.build();
  },
  failures: async (session, count) => {
    const [there, missing] = [count, count + 0.5].map((each) => session.specifierOf(newPath(session, each)));
    const mistakes = ['const =', `require(${missing});`, `import { nothing } from ${there};`];
    session.write(newPath(session, count), 'export {};');
    session.edit(`${mistakes[count % mistakes.length]} ${statement(session, count)}`);
    await failing(session);
    rmSync(session.path('new'), { recursive: true });
  },
  'new modules': async (session, count) => {
    session.write(newPath(session, count), statement(session, count));
    session.edit(`import(${session.specifierOf(newPath(session, count))});`);
    await session.build();
    rmSync(session.path('new'), { recursive: true });
  },
  'new entries': (session, count) => {
    session.write(newPath(session, count), statement(session, count));
    return session.build({ entries: [...session.application.entries, newPath(session, count)] });
  },
  'sets of entries': (session, count) => {
    session.edit(statement(session, count));
    const { entries } = session.application;
    return session.build({ entries: entries.filter((_, index) => index === 0 || (count >> index) & 1) });
  },
  'new options': (session, count) =>
    session.build({ options: { env: { FILLER: statement(session, count) } } }),
  'broken off': async (session, count) => {
    session.edit(statement(session, count));
    const pack = session.start();
    const written = pipeline(pack as Duplex, dest(session.path('out')) as Duplex).catch(() => undefined);
    await sleep(count % 10);
    pack.destroy(count % 2 ? new Error('broken off') : undefined);
    await written;
  },
  'not read': async (session, count) => {
    session.edit(statement(session, count));
    const pack = session.start();
    await new Promise((resolve) => pack.once('bundled', resolve));
  },
  minified: (session, count) => {
    session.edit(statement(session, count));
    return session.build({ through: (pack) => pack.minify((code) => code) });
  },
  'with updates': (session, count) => {
    session.edit(statement(session, count));
    return session.build({
      options: { updates: 'page', prefix: '/out/' },
      through: (pack) => pack.patches({ releases: session.path('releases'), keep: 1 }),
    });
  },
};
