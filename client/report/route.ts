/** The fragment of the URL says what is shown: `#module=./src/a.js&size=gzip`. So links, the back button and bookmarks work by themselves. */

export interface Route {
  /** Key of the first parameter. */
  view: string;
  /** What the view is about; the empty string for all. */
  value: string;
  /** The other parameters. */
  options: ReadonlyMap<string, string>;
}

/** Options that stay from view to view. */
const LASTING = ['size', 'link'];

export function parseRoute(fragment: string): Route {
  const pairs = [...new URLSearchParams(fragment.replace(/^#/, ''))];
  const [view, value] = pairs[0] ?? ['overview', ''];
  return { view, value, options: new Map(pairs.slice(1)) };
}

const currentRoute = (): Route => parseRoute(location.hash);

/** The fragment of a view, which keeps what lasts of the present one. */
export function href(view: string, value = '', options: Readonly<Record<string, string>> = {}): string {
  const current = currentRoute().options;
  const lasting = LASTING.flatMap((key) => (current.has(key) ? [[key, current.get(key) as string]] : []));
  const pairs = Object.entries<string>({ ...Object.fromEntries(lasting), ...options });
  const fragment = new URLSearchParams([[view, value], ...pairs]).toString();
  // `#overview=` means the same as `#overview`, and slashes need no escape there.
  return `#${fragment.replace(/=(?=&|$)/, value === '' ? '' : '=').replaceAll('%2F', '/')}`;
}

/** The present view with other options. */
export function withOptions(options: Readonly<Record<string, string>>): string {
  const { view, value, options: present } = currentRoute();
  return href(view, value, { ...Object.fromEntries(present), ...options });
}

export function go(fragment: string): void {
  location.hash = fragment;
}
