/** Functions by whose calls nobody can tell what `this` is. */
import { partsIn } from './core/parts';
import type { Module } from './model';
import { placesOf } from './scopes';

/** An arrow function, of parameters without values. */
const ARROW = /^(?:export\s+)?const\s+[\w$]+\s*=\s*(?:async\b\s*)?(?:[\w$]+|\([\w$\s,.]*\))\s*=>/;
const WITH_THIS = /\bthis\b/;

/** Behind a name that is read: it is called, or something of it is asked for. */
const USED = /^\s*(?:[([.`]|\?\.)/;
/** Before a function's name, where it is declared. */
const DECLARED = /\bfunction\s*\*?\s*$/;
/** Before a value, and behind one. A target of an assignment may be in brackets, but not behind these. */
const GIVEN = /(?:[^=!<>]=|[=!]==?|=>|&&|\|\||\?\?|\b(?:return|typeof|await|throw|default))\s*$/;
const ENDED = /^\s*(?:[;,)}\]:]|&&(?!=)|\|\|(?!=)|\?(?!\?=)|<(?!<)|>(?!>)|[=!]=|$)/;
/** The first argument of a call; not what `return (f) = g` or `if (a) (f) = g` writes to. */
const CALLED_WITH = /(?:\]|(?<!\b(?:return|throw|yield|case|default|else|do|in|of))(?<=[\w$]))\s*\(\s*$/;
const LISTED = /^\s*[,)]/;
/** Units around a name that tell. */
const AROUND = 80;

/**
 * Whether what the top level of a module calls so is, whenever it is called, a function that does not mention its own `this`: one that is declared, and
 * that nothing writes to, or a constant arrow function.
 */
export function ignoresThis(module: Module, local: string): boolean {
  const { facts, source } = module;
  const [part, other] = partsIn(facts.syntax).filter(({ names }) => names.includes(local));
  if (part === undefined || other !== undefined || part.names.length > 1) return false;
  const { start, end, isFunction, hasThis } = part;
  if (!isFunction) return ARROW.test(source.slice(start, end));
  if (
    hasThis ||
    facts.replacements.some((each) => start <= each.start && each.end <= end && WITH_THIS.test(each.text))
  )
    return false;
  if (local === '') return true;
  const places = placesOf(module)?.get(local);
  return places?.every((place) => !place.isShorthand && isRead(source, place.start, place.end)) === true;
}

/** Whether nothing is written to a name, as far as can be told by what is around it. */
function isRead(source: string, start: number, end: number): boolean {
  const before = source.slice(Math.max(0, start - AROUND), start);
  const behind = source.slice(end, end + AROUND);
  return (
    USED.test(behind) ||
    DECLARED.test(before) ||
    (GIVEN.test(before) && ENDED.test(behind)) ||
    (CALLED_WITH.test(before) && LISTED.test(behind))
  );
}
