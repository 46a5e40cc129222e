/** Who is told of a warning: those who listen to the pack, else whoever runs gulp, else whoever has started the process. */
import { Told } from '../told';
import { type BuildWarning, describeWarning, type ModuleWarning } from '../warnings';
import { findGulpLog } from './gulp-log';

/** What was shown of builds that have no cache to remember it. */
const shown = new Told();

function show(warning: BuildWarning): void {
  const log = findGulpLog();
  if (log) log.warn(`dynapack warning: ${describeWarning(warning)}`);
  else process.emitWarning(describeWarning(warning), { type: 'DynapackWarning', code: warning.code });
}

/** Tells the warnings of one build. */
export class Teller {
  /**
   * @param emit gives a warning to those who listen, and tells whether there are any
   * @param told what earlier builds have given; without it, all are given, but shown once in the process
   */
  constructor(
    private readonly emit: (warning: BuildWarning) => boolean,
    private readonly told: Told | undefined,
  ) {}

  ofModule(given: ModuleWarning): void {
    if (this.told?.isNews(given) === false) return;
    const isNews = (): boolean => this.told !== undefined || shown.isNews(given);
    if (!this.emit(given.warning) && isNews()) show(given.warning);
  }

  /**
   * @param part stands for the entries of the build, and for what is looked at
   * @param found all warnings of the build about that
   */
  ofBuild(part: string, found: readonly BuildWarning[]): void {
    const news = this.told ? this.told.newsOf(part, found) : found;
    const unheard = news.filter((warning) => !this.emit(warning));
    for (const warning of this.told ? unheard : shown.newsOf(part, unheard)) show(warning);
  }
}
