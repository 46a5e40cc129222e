/** The second opinion, for scripts of ES2017 and older. */
import type { Program } from 'estree';

/** Loaded when it is needed, which most programs do not. */
const esprima = () => require('esprima') as typeof import('esprima');

interface ToleratedError {
  description: string;
}

/**
 * `undefined` means: not for this engine. It tolerates errors only because that is its way to allow the
 * top-level `return` of CommonJS; any other error is a refusal.
 */
export function parseEsprima(source: string): Program | undefined {
  try {
    const program = esprima().parseScript(source, { range: true, tolerant: true });
    const { errors } = program as Program & { errors: ToleratedError[] };
    return errors.every(isAllowed) ? program : undefined;
  } catch {
    return undefined;
  }
}

const isAllowed = ({ description }: ToleratedError): boolean => description === 'Illegal return statement';
