/** One module while its text is written. */
import type { Dice } from './dice';
import type { ModulePlan, Nature, Target } from './plan';
import { fill, type Substitutes, type Templates } from './uses';

/** A name that the module's statements may use. */
export interface Visible {
  name: string;
  nature: Nature;
  /** Whether it comes from elsewhere, or may never change. */
  constant: boolean;
  /** The module whose namespace it is. */
  namespace?: number;
  /** Of a function: those of lower rank may call it. */
  rank?: number;
}

/** Forms in which `async` cannot be a name: for the language, and for meriyah 7.4.2, which refuses `async(1, ...x)`. */
const NOT_ASYNC = new Set(['for of', 'call with arguments']);

export class Writer {
  /** In the order in which they will stand, unless shuffled. */
  readonly statements: string[] = [];
  readonly forms: string[];
  readonly plan: ModulePlan;
  readonly plans: readonly ModulePlan[];
  readonly dice: Dice;
  readonly visible: Visible[] = [];
  private labels = 0;

  constructor(plan: ModulePlan, plans: readonly ModulePlan[], dice: Dice, forms: string[]) {
    this.plan = plan;
    this.plans = plans;
    this.dice = dice;
    this.forms = forms;
  }

  /** The next label, as a string literal. */
  label(): string {
    return `'m${this.plan.number}:${this.labels++}'`;
  }

  add(form: string, statement: string): void {
    this.forms.push(form);
    this.statements.push(statement);
  }

  /** Fills a template with names, a fresh label and a number. */
  fill(template: string, substitutes: Substitutes = {}): string {
    const label = this.label();
    return fill(template, { L: label, n: String(1 + this.dice.below(9)), ...substitutes });
  }

  /** Adds one of the templates. */
  use(kind: string, templates: Templates, substitutes: Substitutes = {}): void {
    const suitable = Object.entries(templates).filter(
      ([form]) => substitutes.x !== 'async' || !NOT_ASYNC.has(form),
    );
    const [name, template] = this.dice.pick(suitable);
    this.add(`${kind}: ${name}`, this.fill(template, substitutes));
  }

  /** Makes what an import leads to visible under a name. */
  see(name: string, target: Target): void {
    if ('namespace' in target) {
      this.visible.push({ name, nature: 'namespace', constant: true, namespace: target.namespace });
    } else {
      const { nature, rank, namespace } = target.binding;
      this.visible.push({
        name,
        nature,
        constant: true,
        rank,
        ...(namespace !== undefined && { namespace }),
      });
    }
  }
}
