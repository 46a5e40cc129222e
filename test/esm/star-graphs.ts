/** Shapes that `export * from` gives to graphs of modules. */

export const shapes = ['deep', 'wide', 'diamonds', 'circle'] as const;

export type Shape = (typeof shapes)[number];

/** For each module the modules of its stars. The first one leads to all others. */
export function starsOf(shape: Shape, size: number): number[][] {
  const below = (numbers: number[]): number[] => numbers.filter((number) => number < size);
  const modules = [...Array(size).keys()];
  switch (shape) {
    case 'deep':
      return modules.map((number) => below([number + 1]));
    case 'circle':
      return modules.map((number) => [(number + 1) % size]);
    case 'diamonds':
      return modules.map((number) => below([number + 1, number + 2]));
    // Every other module is the only star of the one before it.
    case 'wide':
      return modules.map((number) => {
        if (number === 0) return modules.filter((each) => each % 2 === 1);
        return number % 2 === 1 ? below([number + 1]) : [];
      });
  }
}
