/** What users have in their hands. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { dynoSrc as clientText, syncDynoSrc as syncClientText } from '#client';
import { openReleases } from '../releases/open';
import type { ReleaseStore } from '../releases/store';
import {
  type ClientOptions,
  checkAfter,
  checkClient,
  checkPage,
  checkPatch,
  type NonceOptions,
  type PageOptions,
  type PageRequest,
} from './arguments';
import { type AssetOptions, checkAssets } from './assets';
import { Catalog } from './catalog';
import { DictionaryCompression } from './dictionary';
import { answer } from './endpoint';
import { deferScripts, type Format, type Formatted, formatPiece, literal, scriptElement } from './formats';
import { openScratch } from './scratch';
import { Service } from './service';
import { DEFAULTS, type Globals, type Settings, withGlobals } from './settings';
import type { Source } from './sources/source';

/** Node's style. */
export type Callback<Result> = (error: Error | null, result?: Result) => void;

export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** Serves assets by what a visitor lacks of them. */
export class DynoSrc {
  private settings: Settings = withGlobals(DEFAULTS, {});
  private readonly catalog: Catalog;
  private readonly compression = new DictionaryCompression();
  private clientLibs = { async: '', sync: '' };
  private service: Service | undefined;
  private releases: ReleaseStore | undefined;

  /** @throws UNKNOWN_OPTION or INVALID_OPTION */
  constructor(globals: Globals = {}) {
    this.catalog = new Catalog(
      () => this.settings,
      () => this.releases,
    );
    this.globals(globals);
  }

  /** A new instance, with assets of its own. */
  factory(globals: Globals = {}): DynoSrc {
    return new DynoSrc(globals);
  }

  /**
   * Sets what holds for all assets.
   * @throws UNKNOWN_OPTION or INVALID_OPTION
   */
  globals(globals: Globals): this {
    this.settings = withGlobals(this.settings, globals);
    this.releases = this.settings.releases === undefined ? undefined : openReleases(this.settings.releases);
    this.service = undefined;
    const { cookieName, endpoint, maxAge, timeout, trustedTypes } = this.settings;
    const config = literal({ cookieName, endpoint, maxAge, timeout, trustedTypes });
    this.clientLibs = { async: `(${clientText})(${config});`, sync: `(${syncClientText})(${config});` };
    return this;
  }

  /**
   * What assets have when they do not say otherwise.
   * @throws UNKNOWN_OPTION, INVALID_OPTION or UNKNOWN_SOURCE
   */
  defaults(options: AssetOptions): this {
    this.catalog.setDefaults(options);
    this.service?.current.invalidate();
    return this;
  }

  /**
   * Registers an asset, or changes one. Its source must be there.
   * @throws INVALID_ASSET, UNKNOWN_OPTION, INVALID_OPTION or UNKNOWN_SOURCE
   */
  asset(id: string, options: AssetOptions = {}): this {
    this.catalog.register(id, options);
    this.service?.current.invalidate();
    return this;
  }

  /** Registers several assets, by id. @throws what `asset()` throws */
  assets(assets: Readonly<Record<string, AssetOptions>>): this {
    checkAssets(assets);
    for (const [id, options] of Object.entries(assets)) this.asset(id, options);
    return this;
  }

  /** Adds a kind of places that assets may come from. @throws SOURCE_DEFINED or INVALID_OPTION */
  defineSource(name: string, source: Source): this {
    this.catalog.defineSource(name, source);
    return this;
  }

  /** Answers the requests of pages that load or update assets later. Everything else is passed on. */
  middleware(): Middleware {
    return (request, response, next) => {
      const { originalUrl = request.url ?? '' } = request as { originalUrl?: string };
      const { endpoint } = this.settings;
      const isOurs =
        originalUrl.startsWith(endpoint) && [undefined, '?'].includes(originalUrl[endpoint.length]);
      if (!isOurs) return next();
      const parameters = new URLSearchParams(originalUrl.slice(endpoint.length + 1));
      answer(this.open(), this.compression, request, response, parameters).catch(next);
    };
  }

  /**
   * What a page must hold so that its assets run: for each of them the patch, the text or a reference, by what the cookie of
   * the request says. Print all of it, behind `getClientLib()`.
   * @throws (rejects with, or calls back with) INVALID_OPTION, UNKNOWN_OPTION, UNKNOWN_ASSET, UNKNOWN_VERSION, and what sources throw
   */
  getPatches<Name extends Format = 'script'>(
    request: PageRequest,
    options: PageOptions<Name>,
  ): Promise<Formatted[Name][]>;
  getPatches<Name extends Format = 'script'>(
    request: PageRequest,
    options: PageOptions<Name>,
    callback: Callback<Formatted[Name][]>,
  ): void;
  getPatches(
    request: PageRequest,
    options: PageOptions,
    callback?: Callback<Formatted[Format][]>,
  ): Promise<Formatted[Format][]> | undefined {
    return settle(this.servePage(request, options, callback), callback);
  }

  /**
   * What makes version `to` of version `from`, or all of it when there is no `from`, or a patch would save too little. Any
   * version will do that the source knows, and `HEAD`.
   * @throws (rejects with, or calls back with) UNKNOWN_ASSET, UNKNOWN_VERSION, and what sources throw
   */
  patch<Name extends Format = 'json'>(
    id: string,
    from: string | null | undefined,
    to: string,
    format?: Name,
  ): Promise<Formatted[Name]>;
  patch(id: string, from: string | null | undefined, to: string, callback: Callback<Formatted['json']>): void;
  patch<Name extends Format>(
    id: string,
    from: string | null | undefined,
    to: string,
    format: Name,
    callback: Callback<Formatted[Name]>,
  ): void;
  patch(
    id: string,
    from: string | null | undefined,
    to: string,
    ...rest: readonly unknown[]
  ): Promise<Formatted[Format]> | undefined {
    const format = rest.find((one) => one !== undefined && typeof one !== 'function') as Format | undefined;
    const callback = rest.find((one) => typeof one === 'function') as Callback<Formatted[Format]> | undefined;
    return settle(this.servePatch(id, from, to, format ?? 'json'), callback);
  }

  /** The element with the page's side of it, which pages hold before everything else. @throws INVALID_OPTION or UNKNOWN_OPTION */
  getClientLib(options: ClientOptions = {}): string {
    checkClient(options);
    return scriptElement(this.clientLibs[options.sync ? 'sync' : 'async'], options.nonce);
  }

  /**
   * A snippet of `pack.scripts()` for a page that has the bundles of its entry from `getPatches()`: it starts when they have
   * run, and so has nothing to download.
   * @throws INVALID_OPTION or UNKNOWN_OPTION
   */
  afterPatches(snippet: string, options: NonceOptions = {}): string {
    checkAfter(snippet, options);
    return deferScripts(snippet, options.nonce);
  }

  private async servePage(request: PageRequest, options: PageOptions, callback: unknown) {
    checkPage(request, options, callback);
    const { patches, format = 'script', nonce } = options;
    const pieces = await this.open().serve(request.headers.cookie, patches);
    return pieces.map((piece) => formatPiece(piece, format, nonce));
  }

  private async servePatch(id: string, from: string | null | undefined, to: string, format: Format) {
    checkPatch(id, from, to, format);
    return formatPiece(await this.open().patch(id, from, to), format);
  }

  private open(): Service {
    this.service ??= new Service(this.workSettings(), this.catalog, () => this.releases);
    return this.service;
  }

  /** In development, what is kept is for this process only. */
  private workSettings(): Settings {
    if (!this.settings.dev || this.settings.store !== undefined) return this.settings;
    return { ...this.settings, outputDir: openScratch(join(this.settings.outputDir, 'dev')) };
  }
}

/** A promise for those who give no callback. What a callback throws is its own affair, not ours to report as a failure. */
function settle<Result>(promise: Promise<Result>, callback?: Callback<Result>): Promise<Result> | undefined {
  if (typeof callback !== 'function') return promise;
  promise.then(
    (result) => setImmediate(callback, null, result),
    (error: Error) => setImmediate(callback, error),
  );
  return undefined;
}
