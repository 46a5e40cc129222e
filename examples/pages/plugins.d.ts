/** Plugins that come without types. */
declare module 'gulp-rev' {
  export default function rev(): NodeJS.ReadWriteStream;
}
