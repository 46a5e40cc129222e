import { useSyncExternalStore } from 'react';

function subscribe(onChange) {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

const read = () => location.hash.slice(1);

/** The URL's hash without `#`. The component renders again when it changes. */
export function useHash() {
  return useSyncExternalStore(subscribe, read);
}
