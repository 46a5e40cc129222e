/** Pairs of consecutive releases, and their files from npm: downloaded once, into .cache. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Pair {
  name: string;
  old: Buffer;
  text: Buffer;
}

type Release = [name: string, old: string, version: string, ...files: string[]];

const RELEASES: readonly Release[] = [
  ['alpinejs', '3.13.2', '3.13.3', 'dist/cdn.js', 'dist/cdn.min.js'],
  ['backbone', '1.4.1', '1.5.0', 'backbone.js'],
  ['bootstrap', '5.3.1', '5.3.2', 'dist/js/bootstrap.bundle.js', 'dist/js/bootstrap.bundle.min.js'],
  ['bootstrap', '5.3.1', '5.3.2', 'dist/css/bootstrap.css', 'dist/css/bootstrap.min.css'],
  ['chart.js', '4.4.0', '4.4.1', 'dist/chart.js', 'dist/chart.umd.js'],
  ['d3', '7.8.4', '7.8.5', 'dist/d3.js', 'dist/d3.min.js'],
  ['echarts', '5.4.2', '5.4.3', 'dist/echarts.js', 'dist/echarts.min.js', 'dist/echarts.simple.min.js'],
  ['hls.js', '1.4.12', '1.4.13', 'dist/hls.js', 'dist/hls.min.js'],
  ['htmx.org', '1.9.9', '1.9.10', 'dist/htmx.js', 'dist/htmx.min.js'],
  ['jquery', '3.6.4', '3.7.0', 'dist/jquery.js', 'dist/jquery.min.js'],
  ['jquery', '3.7.0', '3.7.1', 'dist/jquery.js', 'dist/jquery.min.js'],
  ['knockout', '3.5.0', '3.5.1', 'build/output/knockout-latest.debug.js', 'build/output/knockout-latest.js'],
  ['leaflet', '1.9.3', '1.9.4', 'dist/leaflet-src.js', 'dist/leaflet.js', 'dist/leaflet.css'],
  ['lodash', '4.17.20', '4.17.21', 'lodash.js', 'lodash.min.js'],
  ['maplibre-gl', '3.5.1', '3.5.2', 'dist/maplibre-gl-dev.js', 'dist/maplibre-gl.js'],
  ['mermaid', '10.6.0', '10.6.1', 'dist/mermaid.min.js'],
  ['moment', '2.29.4', '2.30.1', 'moment.js', 'min/moment.min.js'],
  ['plotly.js-dist-min', '2.26.0', '2.26.1', 'plotly.min.js'],
  ['preact', '10.19.2', '10.19.3', 'dist/preact.min.js'],
  ['react-dom', '18.1.0', '18.2.0', 'umd/react-dom.development.js', 'umd/react-dom.production.min.js'],
  ['react-dom', '18.2.0', '18.3.1', 'umd/react-dom.development.js', 'umd/react-dom.production.min.js'],
  ['react-dom', '19.0.0', '19.1.0', 'cjs/react-dom-client.production.js'],
  ['redoc', '2.1.2', '2.1.3', 'bundles/redoc.standalone.js'],
  ['swagger-ui-dist', '5.9.0', '5.9.1', 'swagger-ui-bundle.js'],
  ['three', '0.158.0', '0.159.0', 'build/three.js', 'build/three.min.js'],
  ['three', '0.159.0', '0.160.0', 'build/three.js', 'build/three.min.js'],
  ['underscore', '1.13.5', '1.13.6', 'underscore-umd.js', 'underscore-umd-min.js'],
  ['video.js', '8.5.2', '8.6.1', 'dist/video.js', 'dist/video.min.js', 'core.js'],
  ['vue', '2.7.15', '2.7.16', 'dist/vue.js', 'dist/vue.min.js'],
  ['vue', '3.4.20', '3.4.21', 'dist/vue.global.js', 'dist/vue.global.prod.js'],
];

const TARBALLS = join(__dirname, '.cache');
const MAX_FILE = 1e8;

/** All pairs whose name contains `filter`. */
export function* listPairs(filter = ''): Generator<Pair> {
  for (const [name, old, version, ...files] of RELEASES) {
    for (const file of files) {
      const pair = `${name} ${version} ${file.slice(file.lastIndexOf('/') + 1)}`;
      if (!pair.includes(filter)) continue;
      yield { name: pair, old: readRelease(name, old, file), text: readRelease(name, version, file) };
    }
  }
}

/** A file of a release. A version on npm never changes. */
function readRelease(name: string, version: string, file: string): Buffer {
  const tarball = join(TARBALLS, `${name}-${version}.tgz`);
  if (!existsSync(tarball)) {
    mkdirSync(TARBALLS, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', TARBALLS, `${name}@${version}`]);
  }
  const extracted = join(TARBALLS, `${name}-${version}`);
  if (!existsSync(join(extracted, 'package', file))) {
    mkdirSync(extracted, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', extracted, `package/${file}`], { maxBuffer: MAX_FILE });
  }
  return readFileSync(join(extracted, 'package', file));
}
