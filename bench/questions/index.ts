/** All questions, by the names that the command line takes, in the order in which they are answered. */
import { firstVisit, start } from './first-visit';
import { linking } from './linking';
import { loader } from './loader';
import type { Question } from './question';
import { bundles, overfetch, trips } from './splitting';
import { cold, memory, rebuild, warm } from './times';

export const questions = {
  cold,
  rebuild,
  memory,
  warm,
  bundles,
  loader,
  overfetch,
  trips,
  linking,
  'first-visit': firstVisit,
  start,
} satisfies Record<string, Question>;

export type QuestionName = keyof typeof questions;

export const questionNames = Object.keys(questions) as QuestionName[];
