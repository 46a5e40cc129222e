/** How much work a script does, counted and not timed. */
import { Session } from 'node:inspector/promises';

/** What V8 tells of a script. */
interface Coverage {
  url: string;
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
}

/** Times that an action is counted. */
const TIMES = 3;

/**
 * How often V8 runs the blocks of the scripts whose URLs match, while the action is under way. Loops are blocks. V8 may lose counts of
 * code that is hot, and adds none: of several times the most is right.
 */
export async function countSteps(url: RegExp, action: () => unknown): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  try {
    const counts: number[] = [];
    while (counts.length < TIMES) {
      await action();
      counts.push(await takeCount(session, url));
    }
    return Math.max(...counts);
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** What has been counted since the last time; it costs something for each script of the process. */
async function takeCount(session: Session, url: RegExp): Promise<number> {
  const { result } = (await session.post('Profiler.takePreciseCoverage')) as unknown as {
    result: Coverage[];
  };
  const functions = result.filter((script) => url.test(script.url)).flatMap((script) => script.functions);
  return functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);
}
