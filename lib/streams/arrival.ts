/** When what a stream gives out has arrived. */
import type { Readable } from 'readable-stream';

/** An 'error' listener would hide the error from others: 'close' follows it. */
const settled = (stream: NodeJS.EventEmitter, event: 'finish' | 'close'): Promise<void> =>
  new Promise((onSettled) => {
    for (const each of [event, 'close']) stream.once(each, () => onSettled());
  });

/**
 * Settles once a stream is through, and what it is piped into is, or they have failed. Streams that others are piped into as well are not waited for: they may
 * wait for who asks.
 */
export function arrivalOf(stream: Readable): Promise<void> {
  const arrived: Promise<void>[] = [];
  const pipe = stream.pipe;
  stream.pipe = function (destination, options) {
    if (options?.end !== false) arrived.push(settled(destination, 'finish'));
    return pipe.call(this, destination, options) as typeof destination;
  };
  return settled(stream, 'close').then(async () => {
    await Promise.all(arrived);
  });
}
