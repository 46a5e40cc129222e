"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = exports.named = void 0;
var _star = require("./star");
Object.keys(_star).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (key in exports && exports[key] === _star[key]) return;
  Object.defineProperty(exports, key, { enumerable: true, get: function () { return _star[key]; } });
});
class Class {
  constructor() {
    this.is = "class";
  }
}
exports.default = Class;
const named = exports.named = "named";
