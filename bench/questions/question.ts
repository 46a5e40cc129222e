import type { AppName } from '../apps';
import type { PeerName } from '../peers';
import type { App } from '../program';
import type { Column, Rows } from '../table';

/** What the command line asks for. */
export interface Wish {
  peers: PeerName[];
  /** Absent: those a question is meant for. */
  apps: AppName[] | undefined;
  /** How often everything is measured. */
  runs: number;
  /** Seconds that one process may take. */
  timeout: number;
}

/** What is asked of all bundlers, answered by a table per program. */
export interface Question {
  /** In the table's heading: what the numbers are. */
  title: string;
  /** Programs it is asked of unless the command line names others. */
  apps: readonly AppName[];
  columns: readonly Column[];
  /** Cells of one row. Throws NotMeasured with the reason where there are none. */
  ask(peer: PeerName, app: App, wish: Wish): Promise<Rows[string]>;
}
