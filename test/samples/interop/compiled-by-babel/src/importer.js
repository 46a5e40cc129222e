"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
  return (mod && mod.__esModule) ? mod : { "default": mod };
};
var __importStar = function (mod) {
  if (mod && mod.__esModule) return mod;
  return Object.assign({}, mod, { default: mod });
};
Object.defineProperty(exports, "__esModule", { value: true });
const esm_1 = __importDefault(require("./esm"));
const all = __importStar(require("./esm"));
exports.seen = [esm_1.default, all.named, all === esm_1];
