/**
 * What TypeScript has to know of imports that are no scripts: `"types": ["dynapack/files"]` in tsconfig.json. A declaration of your own for one of
 * these names counts before it. JSON is TypeScript's own, with `resolveJsonModule`.
 */

declare module '*.module.css' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.scss' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.sass' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.less' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.styl' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.stylus' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}
declare module '*.module.pcss' {
  /** Names of classes in the source, and what pages have for them. */
  const names: Readonly<Record<string, string>>;
  export default names;
}

declare module '*.css' {}
declare module '*.scss' {}
declare module '*.sass' {}
declare module '*.less' {}
declare module '*.styl' {}
declare module '*.stylus' {}
declare module '*.pcss' {}

declare module '*.png' {
  const url: string;
  export default url;
}
declare module '*.jpg' {
  const url: string;
  export default url;
}
declare module '*.jpeg' {
  const url: string;
  export default url;
}
declare module '*.gif' {
  const url: string;
  export default url;
}
declare module '*.svg' {
  const url: string;
  export default url;
}
declare module '*.webp' {
  const url: string;
  export default url;
}
declare module '*.avif' {
  const url: string;
  export default url;
}
declare module '*.ico' {
  const url: string;
  export default url;
}
declare module '*.bmp' {
  const url: string;
  export default url;
}
declare module '*.woff' {
  const url: string;
  export default url;
}
declare module '*.woff2' {
  const url: string;
  export default url;
}
declare module '*.ttf' {
  const url: string;
  export default url;
}
declare module '*.otf' {
  const url: string;
  export default url;
}
declare module '*.eot' {
  const url: string;
  export default url;
}
declare module '*.mp3' {
  const url: string;
  export default url;
}
declare module '*.m4a' {
  const url: string;
  export default url;
}
declare module '*.aac' {
  const url: string;
  export default url;
}
declare module '*.flac' {
  const url: string;
  export default url;
}
declare module '*.wav' {
  const url: string;
  export default url;
}
declare module '*.ogg' {
  const url: string;
  export default url;
}
declare module '*.opus' {
  const url: string;
  export default url;
}
declare module '*.mp4' {
  const url: string;
  export default url;
}
declare module '*.webm' {
  const url: string;
  export default url;
}
declare module '*.ogv' {
  const url: string;
  export default url;
}
declare module '*.mov' {
  const url: string;
  export default url;
}
declare module '*.vtt' {
  const url: string;
  export default url;
}
declare module '*.pdf' {
  const url: string;
  export default url;
}
declare module '*.wasm' {
  const url: string;
  export default url;
}
declare module '*.webmanifest' {
  const url: string;
  export default url;
}

declare module '*?url' {
  const url: string;
  export default url;
}
declare module '*?inline' {
  /** A `data:` URL. */
  const url: string;
  export default url;
}
declare module '*?raw' {
  const text: string;
  export default text;
}
declare module '*?worker' {
  const start: new (options?: WorkerOptions) => Worker;
  export default start;
}
declare module '*?sharedworker' {
  const start: new (options?: WorkerOptions) => SharedWorker;
  export default start;
}

interface ImportMeta {
  /** Files by a pattern: path → its module, or, without `eager`, what imports it. */
  glob<Module = unknown>(
    patterns: string | readonly string[],
    options: { eager: true; import?: string; query?: string; exhaustive?: boolean; base?: string },
  ): Record<string, Module>;
  glob<Module = unknown>(
    patterns: string | readonly string[],
    options?: { eager?: false; import?: string; query?: string; exhaustive?: boolean; base?: string },
  ): Record<string, () => Promise<Module>>;
}
