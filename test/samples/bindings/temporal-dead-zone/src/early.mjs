import value, { letter, constant, Named, variable } from './later.mjs';
import * as all from './later.mjs';
const attempt = (name, read) => {
  try {
    result([name, read() ?? null]);
  } catch (error) {
    result([name, error.name]);
  }
};
attempt('let', () => letter);
attempt('const', () => constant);
attempt('class', () => Named);
attempt('default', () => value);
attempt('typeof', () => typeof letter);
attempt('namespace', () => all.letter);
attempt('var', () => variable);
