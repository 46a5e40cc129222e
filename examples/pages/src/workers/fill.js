/**
 * The seeds, each at most once, that together come nearest to a sum in cents and do not exceed it.
 * `lists[sum]` holds one way to spend exactly that much.
 */
function fill(seeds, cents) {
  const lists = [[]];
  for (const seed of seeds)
    for (let sum = cents; sum >= seed.cents; sum--) {
      const rest = lists[sum - seed.cents];
      if (rest && !lists[sum]) lists[sum] = [...rest, seed];
    }
  return lists[lists.length - 1];
}

self.onmessage = ({ data: { seeds, cents } }) => postMessage(fill(seeds, cents));
