/** Declarations that may be left out, in a tree: by the same rules as among tokens (`purity-from-tokens.ts`), said of nodes. */
import type {
  CallExpression,
  Class,
  ConditionalExpression,
  Expression,
  ExpressionMap,
  MemberExpression,
  NewExpression,
  Node,
  ObjectExpression,
  Program,
  SimpleCallExpression,
  VariableDeclaration,
} from 'estree';
import type { ImportEntry, Part, Parts, Range } from '../../facts';
import { covers } from '../../ranges';
import { hasThis } from '../tree/functions';
import { holdsResources, rangeOf, walk } from '../tree/nodes';
import { ANNOTATED, CONSTANTS, Globals, isCalculation, type Known, namespacesIn } from './names';
import { namesOfRest } from './rest-from-tree';
import {
  effectlessIn,
  isEffectlessConstant,
  isEmpty,
  type Statement,
  statementsOf,
} from './statements-from-tree';

/**
 * The parts of a module; none where it may read names that nobody sees.
 * @param dead sorted and apart
 * @param made what has no effects, whatever it looks like: calls, and what has a value when the program is built
 * @param effectless imported functions whose calls have none
 */
export function partsOfTree(
  program: Program,
  source: string,
  imports: readonly ImportEntry[],
  dead: readonly Range[],
  made: readonly Range[],
  effectless: readonly string[],
): Parts | undefined {
  const statements = statementsOf(program, source);
  const pure = new Map(made.map(({ start, end }) => [start, end]));
  const known = {
    ...knownNames(statements, imports, source),
    effectless: new Set([...effectless, ...effectlessIn(statements, source)]),
  };
  const reader = new Purity(source, known, pure);
  const list: Part[] = [];
  let isAll = true;
  for (const { node, declaration, names, isEffectless } of statements) {
    if (names.length > 0 && reader.isPureDeclaration(declaration, names, isEffectless))
      list.push({
        ...rangeOf(node),
        names,
        uses: [],
        isFunction: declaration.type === 'FunctionDeclaration',
        ...(declaration.type === 'FunctionDeclaration' && hasThis(declaration) && { hasThis: true as const }),
      });
    else isAll &&= isEmpty(node);
    for (const name of names) reader.known.declared.add(name);
  }
  const mentioned = noteUses(program, list, dead);
  if (mentioned === undefined) return undefined;
  const others = holdsResources(program) ? undefined : namesOfRest(program, list);
  const without = list.flatMap((part) => part.names.filter((name) => known.effectless.has(name))).sort();
  return {
    list,
    mentioned,
    dead: [...dead],
    isAll,
    ...(others && { others }),
    ...(without.length > 0 && { effectless: without }),
  };
}

function knownNames(
  statements: readonly Statement[],
  imports: readonly ImportEntry[],
  source: string,
): Omit<Known, 'effectless'> {
  const imported = new Set(imports.map(({ local }) => local));
  const namespaces = namespacesIn(imports);
  const functions = statements.filter(({ declaration }) => declaration.type === 'FunctionDeclaration');
  const isHoisted = ({ declaration }: Statement): boolean =>
    declaration.type === 'VariableDeclaration' && declaration.kind === 'var';
  const hoisted = [...functions, ...statements.filter(isHoisted)].flatMap(({ names }) => names);
  return {
    imported,
    namespaces,
    functions: new Set(
      functions.filter(({ declaration }) => isPlain(declaration)).flatMap(({ names }) => names),
    ),
    declared: new Set([...imported, ...hoisted]),
    classes: new Set(),
    globals: new Globals(source),
  };
}

/** Whether a function is no generator, and not asynchronous: none of these is a constructor. */
const isPlain = (node: Node): boolean =>
  node.type === 'FunctionDeclaration' && !node.async && !node.generator;

/** Notes which parts mention names of others. @returns the names that are mentioned outside of them; nothing where `eval` may mention any */
function noteUses(program: Program, list: readonly Part[], dead: readonly Range[]): string[] | undefined {
  const names = new Set(list.flatMap((part) => part.names));
  const parts = new Map(list.map((part) => [part.start, part]));
  const outside = new Set<string>();
  let hasEval = false;
  for (const statement of program.body) {
    const part = parts.get(rangeOf(statement).start);
    const uses = part ? new Set<string>() : outside;
    walk(statement, undefined, (node) => {
      if (node.type !== 'Identifier') return undefined;
      if (node.name === 'eval') hasEval = true;
      if (names.has(node.name) && !part?.names.includes(node.name) && !covers(dead, rangeOf(node).start))
        uses.add(node.name);
      return undefined;
    });
    if (part) part.uses = [...uses];
  }
  return hasEval ? undefined : [...outside];
}

/** How deep values may be that are looked at. */
const DEPTH = 100;

class Purity {
  private depth = 0;

  constructor(
    private readonly source: string,
    readonly known: Known,
    private readonly pure: ReadonlyMap<number, number>,
  ) {}

  /** @param isEffectless a comment before it says that of the function in it */
  isPureDeclaration(node: Node, names: readonly string[], isEffectless: boolean): boolean {
    switch (node.type) {
      case 'FunctionDeclaration':
        return true;
      case 'ClassDeclaration':
        if (!this.isPureClass(node)) return false;
        for (const name of names) this.known.classes.add(name);
        return true;
      case 'VariableDeclaration':
        return this.isPureVariables(node, isEffectless);
      default:
        return this.isPure(node);
    }
  }

  private isPureVariables({ kind, declarations }: VariableDeclaration, isEffectless: boolean): boolean {
    if (!/^(?:var|let|const)$/.test(kind)) return false;
    return declarations.every((each, index) => {
      const { id, init } = each;
      if (id.type !== 'Identifier' || (init && !this.isCalculation(init) && !this.isPure(init))) return false;
      this.known.declared.add(id.name);
      if (kind === 'const' && init && this.isClass(init)) this.known.classes.add(id.name);
      const isSaid = isEffectless && index === 0;
      if (kind === 'const' && isEffectlessConstant(each, isSaid, this.source))
        this.known.effectless.add(id.name);
      return true;
    });
  }

  /** A pure value that certainly is a class, or the one of a global that is asked for before. */
  private isClass(node: Node): boolean {
    return (
      node.type === 'ClassExpression' ||
      (node.type === 'ConditionalExpression' &&
        this.isGuarded(node) &&
        node.alternate.type === 'ClassExpression')
    );
  }

  private isGuarded = (node: ConditionalExpression): boolean =>
    this.known.globals.isGuard(rangeOf(node).start);

  /** `new Map()`. */
  private isCollection(node: NewExpression): boolean {
    const { start, end } = rangeOf(node);
    return this.known.globals.isCollection(start, end);
  }

  /** `new Set([a])`, `new Map([[a, b]])`. */
  private isFilled(node: NewExpression): boolean {
    const {
      callee,
      arguments: [list, ...others],
    } = node;
    if (!this.isBare(callee, node)) return false;
    if (callee.type !== 'Identifier' || list?.type !== 'ArrayExpression' || others.length > 0) return false;
    const isFit = (each: Node | null): boolean => callee.name === 'Set' || each?.type === 'ArrayExpression';
    return this.known.globals.isFilled(callee.name) && list.elements.every(isFit) && this.isPure(list);
  }

  /** What a namespace has, or the language. */
  private isMember(node: MemberExpression): boolean {
    const { start, end } = rangeOf(node);
    if (this.known.globals.endOfRead(start) === end) return true;
    const { object, property, optional, computed } = node;
    if (computed || optional || property.type !== 'Identifier' || !this.isBare(object, node)) return false;
    return object.type === 'Identifier' && this.known.namespaces.has(object.name);
  }

  /** `Symbol('text')`. */
  private isSymbol(node: CallExpression): boolean {
    const { start, end } = rangeOf(node);
    return this.known.globals.isSymbol(start, end);
  }

  private isCalculation(node: Node): boolean {
    const { start, end } = rangeOf(node);
    return node.type === 'BinaryExpression' && isCalculation(this.source.slice(start, end));
  }

  /** Whether the value can be left out. What is not known to be is not. */
  private isPure(node: Node | null | undefined): boolean {
    if (!node || this.depth > DEPTH) return !node;
    const { start, end } = rangeOf(node);
    if (this.pure.get(start) === end) return true;
    this.depth++;
    const reader = this.rules[node.type as keyof ExpressionMap] as ((node: Node) => boolean) | undefined;
    const isPure = reader?.(node) ?? false;
    this.depth--;
    return isPure;
  }

  private readonly rules: { [Type in keyof ExpressionMap]?: (node: ExpressionMap[Type]) => boolean } = {
    ArrowFunctionExpression: () => true,
    FunctionExpression: () => true,
    Literal: () => true,
    Identifier: ({ name }) => this.known.declared.has(name) || CONSTANTS.has(name),
    TemplateLiteral: ({ expressions }) => expressions.length === 0,
    ClassExpression: (node) => this.isPureClass(node) && !this.isHidden(node),
    ArrayExpression: ({ elements }) => elements.every((each) => this.isPure(each)),
    ObjectExpression: (node) => this.isPureObject(node),
    UnaryExpression: (node) => {
      const { operator, argument } = node;
      if (/^(?:!|void|typeof)$/.test(operator) && this.isPure(argument)) return true;
      if (!this.isBare(argument, node)) return false;
      if (operator === '-') return argument.type === 'Literal' && typeof argument.value === 'number';
      return operator === 'typeof' && argument.type === 'Identifier' && this.known.globals.has(argument.name);
    },
    BinaryExpression: ({ operator, left, right }) =>
      (operator === '===' || operator === '!==') && this.isPure(left) && this.isPure(right),
    LogicalExpression: ({ left, right }) => this.isPure(left) && this.isPure(right),
    ConditionalExpression: (node) =>
      (this.isGuarded(node) || (this.isPure(node.test) && this.isPure(node.consequent))) &&
      this.isPure(node.alternate),
    CallExpression: (node) => this.isPureCall(node) || this.isSymbol(node) || this.isEffectless(node),
    NewExpression: (node) => this.isPureCall(node) || this.isCollection(node) || this.isFilled(node),
    MemberExpression: (node) => this.isMember(node),
  };

  private isPureCall(node: CallExpression | NewExpression): boolean {
    return (
      this.isAnnotated(node) && isCallee(node.callee) && node.arguments.every((each) => this.isPure(each))
    );
  }

  private isEffectless(node: CallExpression): boolean {
    const { callee, optional, arguments: given } = node as SimpleCallExpression;
    const { effectless, namespaces } = this.known;
    const name =
      effectless.size > 0 && !optional && this.isBare(callee, node) ? calledName(callee, namespaces) : '';
    return effectless.has(name) && given.every((each) => this.isPure(each));
  }

  private isPureObject({ properties }: ObjectExpression): boolean {
    // `__proto__: value` sets the prototype, which runs nothing.
    return properties.every(
      (property) =>
        property.type === 'Property' &&
        (!property.computed || this.isSymbolKey(property.key)) &&
        this.isPure(property.value),
    );
  }

  private isPureClass({ superClass, body, ...rest }: Class): boolean {
    if (isDecorated(rest) || !this.isConstructor(superClass)) return false;
    return body.body.every((member) => {
      if (member.type === 'StaticBlock' || isDecorated(member)) return false;
      if (member.computed && (member.static || !this.isSymbolKey(member.key))) return false;
      if (member.type === 'MethodDefinition') return true;
      return member.type === 'PropertyDefinition' && (!member.static || this.isPure(member.value));
    });
  }

  /** Whether its name hides that of a namespace, of a function that may be called, or of what it extends, in the class itself. */
  private isHidden({ id, superClass }: Class): boolean {
    if (!id) return false;
    const { namespaces, effectless } = this.known;
    return (
      namespaces.has(id.name) ||
      effectless.has(id.name) ||
      (superClass?.type === 'Identifier' && superClass.name === id.name)
    );
  }

  /** Whether no parentheses are around what an expression begins with, or has behind its first word. */
  private isBare = (part: Node, whole: Node): boolean =>
    !this.source.slice(rangeOf(whole).start, rangeOf(part).start).includes('(');

  private isSymbolKey = (key: Node): boolean => this.known.globals.isSymbolKey(rangeOf(key).start - 1);

  /** A name that certainly means a class or a function, or is imported: an import is taken for what the class extends. */
  private isConstructor(node: Expression | null | undefined): boolean {
    if (!node) return true;
    const { imported, functions, classes, globals } = this.known;
    if (node.type !== 'Identifier') return false;
    const { name } = node;
    return imported.has(name) || functions.has(name) || classes.has(name) || globals.isClass(name);
  }

  private isAnnotated(node: Node): boolean {
    const { start } = rangeOf(node);
    return ANNOTATED.test(this.source.slice(Math.max(0, start - 500), start));
  }
}

/** A function, or a name with others behind dots: the annotation is about the first call of a chain. */
function isCallee(node: Node): boolean {
  if (node.type === 'MemberExpression') return !node.computed && isCallee(node.object);
  return (
    node.type === 'Identifier' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/** A name, or that of a member of a namespace, `flags.read`; '' of anything else. */
function calledName(callee: Node, namespaces: ReadonlySet<string>): string {
  if (callee.type === 'Identifier') return namespaces.has(callee.name) ? '' : callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return '';
  const { object, property } = callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return '';
  return namespaces.has(object.name) ? `${object.name}.${property.name}` : '';
}

const isDecorated = (node: object): boolean =>
  'decorators' in node && Array.isArray(node.decorators) && node.decorators.length > 0;
