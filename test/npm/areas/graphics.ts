import { type Use, use } from '../use';

/** Charts, colours, maps and scenes, as far as they are numbers and text. */
export const graphics: Use[] = [
  use('d3', 'import')`
    import * as d3 from 'd3';
    const root = d3.hierarchy({ children: [{ value: 1 }, { children: [{ value: 2 }, { value: 3 }] }] }).sum((node) => node.value);
    export default [d3.extent([3, 1, 2]), d3.format(',.2f')(12345.678), d3.csvParse('a,b\\n1,2'), root.value, d3.rgb('teal').formatHex()];
  `,
  use('d3', 'import()')`
    module.exports = import('d3').then(({ geoMercator, geoPath, scaleOrdinal, schemeTableau10 }) => [
      geoPath(geoMercator().scale(100))({ type: 'LineString', coordinates: [[0, 0], [10, 10]] }),
      scaleOrdinal(schemeTableau10)('a'),
    ]);
  `,
  use('d3-scale', 'import')`
    import { scaleBand, scaleLinear, scaleTime } from 'd3-scale';
    const time = scaleTime([new Date(0), new Date(864e5)], [0, 100]);
    export default [scaleLinear([0, 10], ['red', 'blue'])(5), scaleBand(['a', 'b'], [0, 100]).bandwidth(), time.ticks(3)];
  `,
  use('d3-shape', 'require')`
    const { arc, line, curveBasis, stack } = require('d3-shape');
    module.exports = [
      line().curve(curveBasis)([[0, 0], [10, 5], [20, 0]]),
      arc()({ innerRadius: 0, outerRadius: 10, startAngle: 0, endAngle: 1 }),
      stack().keys(['a', 'b'])([{ a: 1, b: 2 }]),
    ];
  `,
  use('three', 'import')`
    import { Box3, BoxGeometry, Color, Matrix4, Mesh, PerspectiveCamera, Scene, Vector3 } from 'three';
    const scene = new Scene();
    const mesh = new Mesh(new BoxGeometry(1, 2, 3));
    mesh.position.set(1, 0, 0);
    scene.add(mesh);
    export default [
      new Box3().setFromObject(scene),
      new Color('orange').getHexString(),
      new Vector3(0, 0, -5).project(new PerspectiveCamera(50, 1, 1, 10)).toArray().map((n) => n.toFixed(6)),
      new Matrix4().makeTranslation(1, 2, 3).determinant(),
    ];
  `,
  use('three', 'require')`
    const { Euler, Quaternion, SphereGeometry } = require('three');
    module.exports = [
      new Quaternion().setFromEuler(new Euler(0, Math.PI, 0)).toArray().map((n) => n.toFixed(6)),
      new SphereGeometry(1, 4, 3).attributes.position.count,
    ];
  `,
  use('chart.js', 'import')`
    import { Chart, defaults, Interaction, registerables } from 'chart.js';
    import { color, toRadians } from 'chart.js/helpers';
    Chart.register(...registerables);
    export default [registerables.length, defaults.font.size, Object.keys(Interaction.modes), color('#f00').alpha(0.5).rgbString(), toRadians(180)];
  `,
  use('chart.js', 'require')`
    const { Chart, LineController, registerables } = require('chart.js');
    Chart.register(...registerables);
    module.exports = [LineController.id, Chart.registry.getController('bar').id, Chart.defaults.color];
  `,
  use('echarts', 'import')`
    import { BarChart } from 'echarts/charts';
    import { GridComponent } from 'echarts/components';
    import { init, use } from 'echarts/core';
    import { SVGRenderer } from 'echarts/renderers';
    use([BarChart, GridComponent, SVGRenderer]);
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 200, height: 100 });
    chart.setOption({ animation: false, xAxis: { show: false, data: ['a', 'b'] }, yAxis: { show: false }, series: [{ type: 'bar', data: [1, 2] }] });
    export default chart.renderToSVGString().match(/ d="[^"]*"/g);
  `,
  use('chroma-js', 'import')`
    import chroma from 'chroma-js';
    export default [chroma('hotpink').darken().hex(), chroma.scale(['white', 'black']).colors(3), chroma.contrast('pink', 'purple')];
  `,
  use('chroma-js', 'require')`
    const chroma = require('chroma-js');
    module.exports = chroma.mix('red', 'blue', 0.25, 'lab').css();
  `,
  use('tinycolor2', 'require')`
    const tinycolor = require('tinycolor2');
    module.exports = [tinycolor('hsl(120, 100%, 25%)').toHexString(), tinycolor('red').complement().toName(), tinycolor('#fff').isDark()];
  `,
  use('tinycolor2', 'import')`
    import tinycolor from 'tinycolor2';
    export default tinycolor('#abc').triad().map((color) => color.toRgbString());
  `,
  use('color', 'import')`
    import Color from 'color';
    export default [Color('rgb(1, 2, 3)').lighten(0.5).hex(), Color({ h: 10, s: 50, l: 50 }).rgb().round().array()];
  `,
  use('polished', 'require')`
    const { clearFix, lighten, rem, transparentize } = require('polished');
    module.exports = [lighten(0.2, '#CCCD64'), rem('24px'), transparentize(0.3, 'red'), clearFix()];
  `,
  use('topojson-client', 'require')`
    const { feature } = require('topojson-client');
    const topology = { type: 'Topology', transform: { scale: [1, 1], translate: [5, 5] }, objects: { a: { type: 'LineString', arcs: [0] } }, arcs: [[[0, 0], [1, 2]]] };
    module.exports = feature(topology, topology.objects.a);
  `,
  use('cytoscape', 'import')`
    import cytoscape from 'cytoscape';
    const graph = cytoscape({
      headless: true,
      elements: ['a', 'b', 'c'].map((id) => ({ data: { id } })).concat([['a', 'b'], ['b', 'c']].map(([source, target]) => ({ data: { id: source + target, source, target } }))),
    });
    export default graph.elements().dijkstra('#a').pathTo(graph.$('#c')).map((element) => element.id());
  `,
  use('@turf/distance', 'import')`
    import { distance } from '@turf/distance';
    export default distance([-75.343, 39.984], [-75.534, 39.123], { units: 'miles' }).toFixed(6);
  `,
  use('@turf/distance', 'require')`
    const { distance } = require('@turf/distance');
    module.exports = distance([0, 0], [1, 1]).toFixed(6);
  `,
];
