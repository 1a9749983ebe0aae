/**
 * @file The nodes that cell text is lowered to: plain objects told apart by `type`. Half-typed
 * text gives `Missing` nodes, constructs outside the subset give `Unsupported` ones; neither throws.
 */

/** Offsets into the text, in UTF-16 units; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type UnaryOperator = "+" | "-" | "~" | "not";
export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "//"
  | "%"
  | "**"
  | "@"
  | "<<"
  | ">>"
  | "&"
  | "|"
  | "^";
export type CompareOperator =
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "is"
  | "is not"
  | "in"
  | "not in";

/** What a construct outside the subset is called; the sentence about it is made elsewhere. */
export type UnsupportedConstruct =
  | "async"
  | "await"
  /** `yield` in a lambda: a generator that has no name. */
  | "yield"
  | "complexNumber"
  | "exceptGroup"
  | "typeAlias"
  | "magic"
  | "shellCommand"
  | "relativeImport"
  | "templateString"
  /** `"\N{DEGREE SIGN}"`: the table of Unicode names is not carried along. */
  | "namedCharacter"
  /** `class A(bytes)`: of a type that has no values here. */
  | "primitiveSubclass";

export interface Name extends Span {
  readonly type: "Name";
  readonly id: string;
}
/** `bigint`: Python's integers have any size. */
export interface Integer extends Span {
  readonly type: "Integer";
  readonly value: bigint;
}
export interface Float extends Span {
  readonly type: "Float";
  readonly value: number;
}
/** Adjacent literals are already joined, escapes already resolved. */
export interface Text extends Span {
  readonly type: "Text";
  readonly value: string;
}
/** One character, of code 0 to 255, for each byte. */
export interface BytesText extends Span {
  readonly type: "Bytes";
  readonly value: string;
}
export interface Literal extends Span {
  readonly type: "Literal";
  readonly value: true | false | null | "...";
}
/** An f-string (adjacent literals joined): text and replacement fields in turn. */
export interface FormattedText extends Span {
  readonly type: "FormattedText";
  readonly parts: readonly (string | Replacement)[];
}
export interface Replacement extends Span {
  readonly type: "Replacement";
  readonly value: Expression;
  readonly conversion: "r" | "s" | "a" | null;
  /** The part behind `:`, itself possibly with replacement fields; null when absent. */
  readonly format: FormattedText | null;
  /** For `{x=}`: the source text including `=` and its spaces; else null. */
  readonly label: string | null;
}
export interface Tuple extends Span {
  readonly type: "Tuple";
  readonly items: readonly Expression[];
}
export interface List extends Span {
  readonly type: "List";
  readonly items: readonly Expression[];
}
export interface SetDisplay extends Span {
  readonly type: "Set";
  readonly items: readonly Expression[];
}
export interface Dict extends Span {
  readonly type: "Dict";
  /** A null key is `**value`. */
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface Unary extends Span {
  readonly type: "Unary";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}
export interface Binary extends Span {
  readonly type: "Binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
/** A chain: `first operators[0] rest[0] operators[1] rest[1] …`. */
export interface Compare extends Span {
  readonly type: "Compare";
  readonly first: Expression;
  readonly operators: readonly CompareOperator[];
  readonly rest: readonly Expression[];
}
export interface Logical extends Span {
  readonly type: "Logical";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}
export interface Conditional extends Span {
  readonly type: "Conditional";
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface Attribute extends Span {
  readonly type: "Attribute";
  readonly object: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}
export interface Subscript extends Span {
  readonly type: "Subscript";
  readonly object: Expression;
  /** `x[a, b]` has a `Tuple` here, whose items may be `Slice`s. */
  readonly index: Expression;
}
export interface Slice extends Span {
  readonly type: "Slice";
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}
/** One argument: positional, `name=value`, `*value` or `**value`. */
export interface Argument extends Span {
  readonly kind: "positional" | "keyword" | "star" | "doubleStar";
  /** The keyword and where it stands; null for the other kinds. */
  readonly name: string | null;
  readonly nameSpan: Span | null;
  readonly value: Expression;
}
export interface Call extends Span {
  readonly type: "Call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** From just after `(` to just before `)`, or to where the text ends. */
  readonly argumentsSpan: Span;
}
export interface Starred extends Span {
  readonly type: "Starred";
  readonly value: Expression;
}
export interface Lambda extends Span {
  readonly type: "Lambda";
  readonly parameters: Parameters;
  readonly body: Expression;
}
export interface Comprehension extends Span {
  readonly type: "Comprehension";
  readonly kind: "list" | "set" | "dict" | "generator";
  /** For `dict`: the key; else the element. */
  readonly element: Expression;
  /** For `dict` only. */
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}
/** `name := value`. */
export interface NamedExpression extends Span {
  readonly type: "Named";
  readonly name: Name;
  readonly value: Expression;
}
/** `yield value`, or `yield from value` where it delegates. */
export interface Yield extends Span {
  readonly type: "Yield";
  readonly value: Expression | null;
  readonly delegates: boolean;
}
export interface Unsupported extends Span {
  readonly type: "Unsupported";
  readonly construct: UnsupportedConstruct;
}
/** What is not typed yet, or cannot be read; `expected` says what should stand here. */
export interface Missing extends Span {
  readonly type: "Missing";
  readonly expected: string;
}

export type Expression =
  | Name
  | Integer
  | Float
  | Text
  | BytesText
  | Literal
  | FormattedText
  | Tuple
  | List
  | SetDisplay
  | Dict
  | Unary
  | Binary
  | Compare
  | Logical
  | Conditional
  | Attribute
  | Subscript
  | Slice
  | Call
  | Starred
  | Lambda
  | Comprehension
  | NamedExpression
  | Yield
  | Unsupported
  | Missing;

export interface Parameters {
  readonly items: readonly Parameter[];
}
export interface Parameter extends Span {
  readonly name: string;
  readonly kind: "positionalOnly" | "normal" | "keywordOnly" | "star" | "doubleStar";
  readonly annotation: Expression | null;
  readonly default: Expression | null;
}

export interface ExpressionStatement extends Span {
  readonly type: "ExpressionStatement";
  readonly value: Expression;
  /** Followed by `;`: a last expression so marked is not displayed, as in Jupyter. */
  readonly silenced: boolean;
}
/** `a = b = value`: several targets; or `a: annotation = value`, one. */
export interface Assign extends Span {
  readonly type: "Assign";
  readonly targets: readonly Expression[];
  readonly annotation: Expression | null;
  readonly value: Expression;
}
/** `x: int` without a value: declares, does nothing. */
export interface Declaration extends Span {
  readonly type: "Declaration";
  readonly target: Expression;
  readonly annotation: Expression;
}
export interface AugmentedAssign extends Span {
  readonly type: "AugmentedAssign";
  readonly target: Expression;
  readonly operator: BinaryOperator;
  readonly value: Expression;
}
export interface ImportedName extends Span {
  /** Dotted for `import a.b`; a plain name for `from a import b`; `*` for a star import. */
  readonly name: string;
  readonly alias: string | null;
}
export interface Import extends Span {
  readonly type: "Import";
  readonly names: readonly ImportedName[];
}
export interface ImportFrom extends Span {
  readonly type: "ImportFrom";
  readonly module: string;
  readonly names: readonly ImportedName[];
}
export interface If extends Span {
  readonly type: "If";
  readonly test: Expression;
  readonly body: readonly Statement[];
  /** `elif` is an `If` alone in here. */
  readonly otherwise: readonly Statement[];
}
export interface For extends Span {
  readonly type: "For";
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface While extends Span {
  readonly type: "While";
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface FunctionDefinition extends Span {
  readonly type: "FunctionDefinition";
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: Parameters;
  /** What stands behind `->`. */
  readonly returns: Expression | null;
  readonly body: readonly Statement[];
  /** As written, outermost first. */
  readonly decorators: readonly Expression[];
  /** Whether its body yields. */
  readonly generator: boolean;
}
export interface ClassDefinition extends Span {
  readonly type: "ClassDefinition";
  readonly name: string;
  readonly nameSpan: Span;
  /** The bases; keywords go to `__init_subclass__`. */
  readonly arguments: readonly Argument[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
export interface Return extends Span {
  readonly type: "Return";
  readonly value: Expression | null;
}
export interface Simple extends Span {
  readonly type: "Pass" | "Break" | "Continue";
}
export interface Delete extends Span {
  readonly type: "Delete";
  readonly targets: readonly Expression[];
}
export interface Scope extends Span {
  readonly type: "Global" | "Nonlocal";
  readonly names: readonly string[];
}
export interface Try extends Span {
  readonly type: "Try";
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface ExceptHandler extends Span {
  readonly exception: Expression | null;
  readonly name: string | null;
  readonly body: readonly Statement[];
}
export interface Raise extends Span {
  readonly type: "Raise";
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}
export interface Assert extends Span {
  readonly type: "Assert";
  readonly test: Expression;
  readonly message: Expression | null;
}
export interface With extends Span {
  readonly type: "With";
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
}

export interface Match extends Span {
  readonly type: "Match";
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Span {
  readonly pattern: Pattern;
  readonly guard: Expression | null;
  readonly body: readonly Statement[];
}
/** Compared by `==`, or by `is` for `None`, `True` and `False`. */
export interface ValuePattern extends Span {
  readonly type: "ValuePattern";
  readonly value: Expression;
}
/** A name, or `_` (null), behind a pattern that has to match first where there is one. */
export interface CapturePattern extends Span {
  readonly type: "CapturePattern";
  readonly name: string | null;
  readonly pattern: Pattern | null;
}
export interface OrPattern extends Span {
  readonly type: "OrPattern";
  readonly alternatives: readonly Pattern[];
}
export interface SequencePattern extends Span {
  readonly type: "SequencePattern";
  readonly items: readonly (Pattern | StarPattern)[];
}
/** `*name` in a sequence; null for `*_`. */
export interface StarPattern extends Span {
  readonly type: "StarPattern";
  readonly name: string | null;
}
export interface MappingPattern extends Span {
  readonly type: "MappingPattern";
  readonly entries: readonly { readonly key: Expression; readonly pattern: Pattern }[];
  /** `**rest`. */
  readonly rest: string | null;
}
export interface ClassPattern extends Span {
  readonly type: "ClassPattern";
  readonly class: Expression;
  readonly positional: readonly Pattern[];
  readonly keywords: readonly { readonly name: string; readonly pattern: Pattern }[];
}
export type Pattern =
  | ValuePattern
  | CapturePattern
  | OrPattern
  | SequencePattern
  | MappingPattern
  | ClassPattern;

export type Statement =
  | ExpressionStatement
  | Assign
  | Declaration
  | AugmentedAssign
  | Import
  | ImportFrom
  | If
  | For
  | While
  | FunctionDefinition
  | ClassDefinition
  | Match
  | Return
  | Simple
  | Delete
  | Scope
  | Try
  | Raise
  | Assert
  | With
  | Unsupported
  | Missing;

export interface Module extends Span {
  readonly type: "Module";
  readonly body: readonly Statement[];
}

export type Node = Module | Statement | Expression | Argument | Replacement;
