/** What this process and those it started have used so far. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** Seconds of processor time in user mode. */
  userSeconds: number;
  /** Sum of the most memory that each of the processes has had, in MB. */
  peakMegabytes: number;
}

/** `/proc` counts processor time in hundredths of a second, whatever the kernel does. */
const TICKS_PER_SECOND = 100;

/** Bundlers that work in a process of their own are seen on Linux only: elsewhere there is no `/proc`. */
export function readUsage(): Usage {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  const own = { userSeconds: userCPUTime / 1e6, peakMegabytes: maxRSS / 1024 };
  return childrenOf(process.pid).reduce((sum, child) => add(sum, usageOf(child)), own);
}

const add = (left: Usage, right: Usage): Usage => ({
  userSeconds: left.userSeconds + right.userSeconds,
  peakMegabytes: left.peakMegabytes + right.peakMegabytes,
});

interface Process {
  id: string;
  parent: number;
  userSeconds: number;
}

/** The text of a file of `/proc`, or none when the process has ended. */
function readProcess(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function childrenOf(parent: number): Process[] {
  if (process.platform !== 'linux') return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = ids.map(toProcess).filter((candidate) => candidate.parent === parent);
  return children.flatMap((child) => [child, ...childrenOf(Number(child.id))]);
}

/** Reads `stat`, whose second field is a name in parentheses that may contain anything. */
function toProcess(id: string): Process {
  const stat = readProcess(id, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { id, parent: Number(fields[1]), userSeconds: Number(fields[11]) / TICKS_PER_SECOND };
}

function usageOf({ id, userSeconds }: Process): Usage {
  const peak = /^VmHWM:\s+(\d+)/m.exec(readProcess(id, 'status'))?.[1];
  return { userSeconds, peakMegabytes: Number(peak ?? 0) / 1024 };
}
