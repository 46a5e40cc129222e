/** three.js from its source: a greenhouse measured, and drawn as SVG, so that no GPU is needed. */
import { createElement as h } from 'react';
import * as THREE from 'three/src/Three.js';
import { Page } from '../lib/page.js';

/** Metres. */
const SIZE = { width: 3, depth: 4, wall: 2, ridge: 3 };

/** The house as a gable extruded along its depth, standing on the ground around the origin. */
function house({ width, depth, wall, ridge }) {
  const gable = new THREE.Shape([
    new THREE.Vector2(-width / 2, 0),
    new THREE.Vector2(width / 2, 0),
    new THREE.Vector2(width / 2, wall),
    new THREE.Vector2(0, ridge),
    new THREE.Vector2(-width / 2, wall),
  ]);
  const geometry = new THREE.ExtrudeGeometry(gable, { depth, bevelEnabled: false });
  geometry.translate(0, 0, -depth / 2);
  return new THREE.Mesh(geometry, new THREE.MeshBasicMaterial());
}

/** Six times the volume is the sum of the triple products of all triangles, here three corners after one another. */
function volumeOf(geometry) {
  const { position } = geometry.attributes;
  const corner = (index) => new THREE.Vector3().fromBufferAttribute(position, index);
  let sum = 0;
  for (let index = 0; index < position.count; index += 3) {
    sum += corner(index).dot(corner(index + 1).cross(corner(index + 2)));
  }
  return sum / 6;
}

function camera() {
  const found = new THREE.PerspectiveCamera(40, 2, 0.1, 100);
  found.position.set(6, 4, 8);
  found.lookAt(0, 1.2, 0);
  found.updateMatrixWorld();
  return found;
}

/** The edges as pairs of points as the camera sees them, between -1 and 1. */
function projectedEdges(geometry, viewer) {
  const { position } = new THREE.EdgesGeometry(geometry).attributes;
  const point = (index) => new THREE.Vector3().fromBufferAttribute(position, index).project(viewer);
  return Array.from({ length: position.count / 2 }, (_, edge) => [point(2 * edge), point(2 * edge + 1)]);
}

const { geometry } = house(SIZE);
const edges = projectedEdges(geometry, camera());
const facts = [`${volumeOf(geometry).toFixed(1)} m³`, `${edges.length} edges`, `three.js r${THREE.REVISION}`];

export default function Greenhouse() {
  return h(
    Page,
    { title: 'Greenhouse', about: 'What we shall build in autumn.' },
    h('p', { id: 'measures' }, facts.join(', ')),
    h(
      'svg',
      { id: 'drawing', viewBox: '-2 -1 4 2', role: 'img' },
      edges.map(([from, to], edge) =>
        h('line', { key: edge, x1: 2 * from.x, y1: -from.y, x2: 2 * to.x, y2: -to.y }),
      ),
    ),
  );
}
