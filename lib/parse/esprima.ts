/** The engine for ES2017 and older: the fastest on what it understands. */
import { parseModule, parseScript } from 'esprima';
import type { Program } from 'estree';

interface ToleratedError {
  description: string;
}

/**
 * `undefined` means: not for this engine. It tolerates errors only because that is its way to allow the
 * top-level `return` of CommonJS; any other error is a refusal.
 */
export function parseEsprima(source: string, module: boolean): Program | undefined {
  try {
    const parse = module ? parseModule : parseScript;
    const program = parse(source, { range: true, tolerant: true }) as Program & { errors: ToleratedError[] };
    const allowed = (error: ToleratedError) => !module && error.description === 'Illegal return statement';
    return program.errors.every(allowed) ? program : undefined;
  } catch {
    return undefined;
  }
}
