import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';

/** What numbers depend on: the machine, the day, and how busy it was. */
export function describeMachine(): string {
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const [load = 0] = loadavg();
  return [
    `${platform()} ${arch()}, ${availableParallelism()} cores (${model}), ${memory} GB, Node ${process.version}`,
    `${new Date().toISOString().slice(0, 10)}, load before the first run ${load.toFixed(1)}`,
  ].join('\n');
}
