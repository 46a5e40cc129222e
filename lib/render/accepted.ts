/** Nothing that an engine refuses gets out. */
import type { Module } from '../model';
import type { Question } from './question';

/** Who is asked, and what is done then. */
export interface Engine {
  /** Why an engine refuses a script, or `undefined` when it does not. */
  refusalOf(text: string): string | undefined;
  /** Throws the error for a module that an engine refuses. */
  onRefused(module: Module, question: Question): never;
}

/** How many modules an engine is asked about one by one. */
const FEW = 16;

/** Asks about modules that nobody has asked about. One question about many costs less than one for each. */
export function assertAccepted(
  modules: readonly Module[],
  ask: (module: Module, index: number) => Question,
  { refusalOf, onRefused }: Engine,
): void {
  const questions = modules.flatMap((module, index) =>
    module.isAccepted ? [] : [{ module, question: ask(module, index) }],
  );
  const all = questions.map(({ question }) => question.code).join(';');
  const areFine = questions.length > FEW && refusalOf(all) === undefined;
  for (const { module, question } of questions) {
    if (!areFine && refusalOf(question.code) !== undefined) onRefused(module, question);
    module.isAccepted = true;
  }
}
