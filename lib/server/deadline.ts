/**
 * What work gives, or what `onLate` gives (or throws) when it has not ended after some milliseconds. It goes on then, unheard.
 */
export function withDeadline<Result>(
  work: Promise<Result>,
  milliseconds: number,
  onLate: () => Result,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(onLate());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
