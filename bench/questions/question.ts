import type { AppName } from '../apps';
import { NotMeasured } from '../measure';
import type { PeerName } from '../peers';
import type { App } from '../program';
import type { Column, Rows } from '../table';

/** What the command line asks for. */
export interface Wish {
  /** Absent: those a question is meant for. */
  peers: PeerName[] | undefined;
  /** Absent: those a question is meant for. */
  apps: AppName[] | undefined;
  /** How often everything is measured. */
  runs: number;
  /** Seconds that one process may take. */
  timeout: number;
}

/** What is asked of all bundlers, answered by a table per program. */
interface Asked {
  /** In the table's heading: what the numbers are. */
  title: string;
  /** Programs it is asked of unless the command line names others. */
  apps: readonly AppName[];
  /** Bundlers it is asked of unless the command line names others; absent: all. */
  peers?: readonly PeerName[];
  columns: readonly Column[];
}

export type Question = Asked &
  (
    | {
        /** Cells of one row. Throws NotMeasured with the reason where there are none. */
        ask(peer: PeerName, app: App, wish: Wish): Promise<Rows[string]>;
      }
    | {
        /**
         * All rows at once, where bundlers take turns.
         * @param prepare puts the program into the workspace anew, which a build before may have changed
         */
        askTogether(peers: readonly PeerName[], prepare: () => App, wish: Wish): Promise<Rows>;
      }
  );

/** A row, or the reason why there is none: whatever fails in one bundler is no matter of the others. */
export async function rowOf(ask: () => Promise<Rows[string]>): Promise<Rows[string]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotMeasured) return `not measured: ${error.message}`;
    throw error;
  }
}
