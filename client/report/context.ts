/** What views are functions of. */
import type { Child } from './dom';
import { bestMeasure, type Measure, type Report } from './report';
import type { Route } from './route';

export interface Context {
  report: Report;
  /** An earlier report, to compare. */
  before: Report | undefined;
  /** Shows another earlier report. */
  setBefore(before: Report): void;
  route: Route;
  /** How sizes are measured. */
  measure: Measure;
}

/** A view begins with its heading. */
export type View = (context: Context) => readonly Child[];

export const measureOf = ({ options }: Route, report: Report): Measure =>
  report.measures.find((measure) => measure === options.get('size')) ?? bestMeasure(report);
