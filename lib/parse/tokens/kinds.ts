/** What the tokens of a plain module are told apart by, and what their brackets hold. */

/** Words are kinds of their own where a rule asks for them. Names, and words that are names elsewhere, come first. */
// biome-ignore lint/suspicious/noConstEnum: compared for every token of every module, where a property costs
export const enum Kind {
  /** Before the first token, and after the last. */
  Edge,
  Name,
  /** `of`, `async`, `get` and `set`: names, except where they are not. */
  Of,
  Async,
  Accessor,
  /** A name behind a dot, or in an import or export declaration that has been read. */
  Property,
  Private,
  Number,
  String,
  Pattern,
  /** Without substitutions, and the parts of those with some. */
  Template,
  TemplateHead,
  TemplateMiddle,
  TemplateTail,
  ParenOpen,
  ParenClose,
  BracketOpen,
  BracketClose,
  BraceOpen,
  BraceClose,
  Semicolon,
  Comma,
  Colon,
  Dot,
  /** `?.` */
  Optional,
  Question,
  Spread,
  Arrow,
  Assign,
  /** `+=` and its like. */
  Update,
  /** `++` and `--`. */
  Increment,
  Equality,
  Logical,
  Not,
  Star,
  /** Any other operator. */
  Operator,
  Import,
  Export,
  Default,
  Function,
  Class,
  /** `var`, `let` and `const`. */
  Declare,
  If,
  While,
  For,
  Switch,
  Catch,
  /** `else`, `do`, `try` and `finally`. */
  Block,
  Return,
  Case,
  New,
  Extends,
  Static,
  /** `in` and `instanceof`. */
  In,
  /** `typeof`, `void`, `delete` and `throw`. */
  Prefix,
  Await,
  Yield,
  /** `break`, `continue` and `debugger`. */
  Jump,
  /** `this` and `super`. */
  This,
  /** `true`, `false` and `null`. */
  Literal,
  Arguments,
  Process,
  /** Means something to the other readers of sources. */
  Watched,
  /** `ensure`, behind a dot too. */
  Ensure,
  /** What other bundlers give modules, behind a dot too. */
  Foreign,
  Count,
}

/** What a bracket holds, and what a colon is for. */
// biome-ignore lint/suspicious/noConstEnum: as above
export const enum Context {
  /** Statements. The outermost one has no bracket. */
  Code,
  /** An object literal or pattern. */
  Object,
  Class,
  /** The parentheses of `if` and `switch`, of `while`, `for` and `catch`. */
  Control,
  While,
  For,
  Catch,
  /** Parentheses behind what may be called or declared, and any others. */
  Call,
  Group,
  /** An array literal or pattern. */
  Array,
  /** Brackets behind a value, and computed keys. */
  Member,
  Template,
  /** Of colons: that of `? :`, that of a `case` or `default`. */
  Ternary,
  Case,
  /** Of colons: behind a key or label. */
  Label,
}

const table = (kinds: readonly Kind[]): Uint8Array => {
  const flags = new Uint8Array(Kind.Count);
  for (const kind of kinds) flags[kind] = 1;
  return flags;
};

/** May be a name that something declares. */
export const isName = (kind: number): boolean => kind >= Kind.Name && kind <= Kind.Accessor;

const OPERAND_ENDS = table([
  Kind.Name,
  Kind.Of,
  Kind.Async,
  Kind.Accessor,
  Kind.Property,
  Kind.Private,
  Kind.Number,
  Kind.String,
  Kind.Pattern,
  Kind.Template,
  Kind.TemplateTail,
  Kind.ParenClose,
  Kind.BracketClose,
  Kind.BraceClose,
  Kind.This,
  Kind.Literal,
  Kind.Arguments,
  Kind.Process,
  Kind.Watched,
]);

/** Whether an expression may end with the token. */
export const endsOperand = (kind: number): boolean => OPERAND_ENDS[kind] === 1;

const EXPRESSION_FOLLOWS = table([
  Kind.Assign,
  Kind.Update,
  Kind.Operator,
  Kind.Star,
  Kind.Equality,
  Kind.Logical,
  Kind.Not,
  Kind.Question,
  Kind.Arrow,
  Kind.Return,
  Kind.Case,
  Kind.New,
  Kind.Extends,
  Kind.In,
  Kind.Prefix,
  Kind.Await,
  Kind.Yield,
  Kind.Default,
  Kind.TemplateHead,
  Kind.TemplateMiddle,
]);

/** Whether a name behind the token is evaluated, whatever the brackets around it hold. */
export const expressionFollows = (kind: number): boolean => EXPRESSION_FOLLOWS[kind] === 1;

const EVALUATED_BEFORE = table([
  Kind.Dot,
  Kind.Optional,
  Kind.BracketOpen,
  Kind.ParenOpen,
  Kind.Template,
  Kind.TemplateHead,
  Kind.Operator,
  Kind.Star,
  Kind.Logical,
  Kind.Equality,
  Kind.Question,
]);

/** Whether a name before the token is no target of an assignment or declaration. */
export const isEvaluatedBefore = (kind: number): boolean => EVALUATED_BEFORE[kind] === 1;

const WRITES = table([Kind.Assign, Kind.Update, Kind.Increment, Kind.Arrow]);

/** Whether what stands before the token is written to, or declared as a parameter. */
export const isWrittenBefore = (kind: number): boolean => WRITES[kind] === 1;
