import * as all from '@babylonjs/core';

self.linked = Object.keys(all).length;
