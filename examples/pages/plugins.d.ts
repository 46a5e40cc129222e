/** Plugins that come without types. */
declare module 'gulp-rev' {
  export default function rev(): NodeJS.ReadWriteStream;
}

declare module 'gulp-rev-rewrite' {
  export default function revRewrite(): NodeJS.ReadWriteStream;
}
