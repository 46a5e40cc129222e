/** Plugins that come without types. */
declare module 'gulp-rev' {
  export default function rev(): NodeJS.ReadWriteStream;
}

declare module 'gulp-terser' {
  export default function terser(options?: object): NodeJS.ReadWriteStream;
}
