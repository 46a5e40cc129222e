/** Pages under content security policies, and their deployment to a static file server. */
import { createHash } from 'node:crypto';
import { worker } from '#client';
import type { Reply, Site } from '../helpers/site';
import { configOf, loaderFile, type Release, updatingScript } from './releases';

/** A way to run updates under a policy. */
export interface Policy {
  /** The directive `script-src`, given the texts of inline scripts and the integrity of bundles. */
  scriptSources(inline: string, integrity: string[]): string;
  /** How the page brings its loader: a script that its policy lets in. */
  loader: 'file' | 'inline' | 'nonce';
  /** A service worker answers for updated bundles. */
  worker?: true;
  /** The directive `connect-src`, by default `'self'`. */
  connections?: string;
}

export const hashSource = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const POLICIES = {
  "'self' and a service worker": { scriptSources: () => "'self'", loader: 'file', worker: true },
  'hashes, without a worker': {
    scriptSources: (inline, integrity) =>
      [hashSource(inline), ...integrity.map((value) => `'${value}'`)].join(' '),
    loader: 'inline',
  },
  "a nonce and 'strict-dynamic', without a worker": {
    scriptSources: () => "'nonce-abc' 'strict-dynamic'",
    loader: 'nonce',
  },
} satisfies Record<string, Policy>;

const OTHERS = "default-src 'none'; worker-src 'self'";

/** For names that change with their contents. */
const IMMUTABLE = { 'cache-control': 'public, max-age=31536000, immutable' };

/** What a static server answers for the page of an entry. */
export function pageOf(release: Release, entry: string, policy: Policy): Reply {
  const config = configOf(release, entry);
  if (policy.worker) config.w = '/dynapack-worker.js';
  const inline = updatingScript(config, policy.loader === 'nonce');
  const data = JSON.stringify(config).replaceAll("'", '&#39;');
  const elements = {
    file: `<script async src="/js/loader.js" data-dynapack='${data}'></script>`,
    inline: `<script>${inline}</script>`,
    nonce: `<script nonce="abc">${inline}</script>`,
  };
  const tags = config.b
    .slice(0, config.d)
    .map(([, served, hash]) => `<script defer src="/js/${served}" integrity="${hash}" nonce="abc"></script>`)
    .join('');
  const integrity = [...release.bundles.values()].map((bundle) => bundle.integrity);
  const sources = policy.scriptSources(inline, integrity);
  const csp = `${OTHERS}; connect-src ${policy.connections ?? "'self'"}; script-src ${sources}`;
  return {
    body: `<!doctype html><html><head><meta charset="utf-8"><title>Page</title></head><body>${elements[policy.loader]}${tags}</body></html>`,
    headers: { 'cache-control': 'no-cache', 'content-security-policy': csp },
  };
}

/** Puts a release on a site: pages are replaced, files of earlier releases stay. */
export function deploy(site: Site, release: Release, policy: Policy): void {
  site.set('/', pageOf(release, 'home', policy));
  site.set('/shop', pageOf(release, 'shop', policy));
  site.set('/js/loader.js', { body: loaderFile, headers: IMMUTABLE });
  site.set('/dynapack-worker.js', { body: worker, headers: { 'cache-control': 'no-cache' } });
  for (const { served, text } of release.bundles.values())
    site.set(`/js/${served}`, { body: text, headers: IMMUTABLE });
  for (const [name, patch] of release.patches) {
    site.set(name, { body: patch, type: 'text/plain; charset=utf-8', headers: IMMUTABLE });
  }
}
