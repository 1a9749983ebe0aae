/** @file Lowers `match` statements and their patterns. */
import type { SyntaxNode } from "@lezer/common";
import { blockAt, type LowerStatements } from "./compound.ts";
import { expressionAt, reread, sequenceAt } from "./expressions.ts";
import {
  children,
  identifier,
  type Lowering,
  type LowerStatement,
  Siblings,
  spanOf,
} from "./lowering.ts";
import type {
  Expression,
  MatchCase,
  Pattern,
  SequencePattern,
  Span,
  StarPattern,
} from "./nodes.ts";
import { syntaxProblem } from "./validation.ts";

/** The function for `match`; `statements` lowers what is in its cases. */
export function matchLowerers(
  statements: LowerStatements,
): Readonly<Record<string, LowerStatement>> {
  /** `case pattern if guard: …` */
  function clause(node: SyntaxNode, lowering: Lowering): MatchCase {
    const siblings = new Siblings(node);
    siblings.take("case");
    const pattern = openPattern(siblings, lowering);
    const guard = siblings.take("Guard");
    const condition = guard ? new Siblings(guard) : null;
    condition?.take("if");
    return {
      pattern,
      guard: condition && expressionAt(condition, lowering, "condition"),
      body: blockAt(siblings, lowering, statements),
      ...spanOf(node),
    };
  }

  /** `match subject: …` */
  const match: LowerStatement = (node, lowering) => {
    const siblings = new Siblings(node);
    siblings.take("match");
    const first = siblings.node;
    const given = sequenceAt(siblings, lowering, "subject");
    // Commas are hidden from the grammar.
    const subject =
      first && lowering.text.slice(first.from, siblings.end).includes(",")
        ? reread({ from: first.from, to: siblings.end }, lowering)
        : given;
    const body = siblings.take("MatchBody");
    const clauses = body ? children(body).filter(({ name }) => name === "MatchClause") : [];
    const cases = clauses.map((child) => clause(child, lowering));
    for (const { pattern, guard } of cases.slice(0, -1)) {
      if (!guard && isIrrefutable(pattern)) lowering.report(unreachable(pattern));
    }
    return { type: "Match", subject, cases, ...spanOf(node) };
  };

  return { MatchStatement: match };
}

function isIrrefutable(pattern: Pattern): boolean {
  if (pattern.type !== "CapturePattern") return false;
  return pattern.pattern === null || isIrrefutable(pattern.pattern);
}

function unreachable(pattern: Pattern) {
  const what =
    pattern.type === "CapturePattern" && pattern.name !== null
      ? `name capture '${pattern.name}'`
      : "wildcard";
  return syntaxProblem(pattern, `${what} makes remaining patterns unreachable`);
}

/** `a, *b`: a sequence without brackets, or just one pattern. */
function openPattern(siblings: Siblings, lowering: Lowering): Pattern {
  const from = siblings.node?.from ?? siblings.end;
  const items: (Pattern | StarPattern)[] = [];
  let commas = 0;
  while (siblings.node && !/^(?:Guard|Body)$/.test(siblings.name)) {
    items.push(element(siblings.next()!, lowering));
    if (!siblings.take(",")) break;
    commas++;
  }
  const [first] = items;
  if (items.length === 1 && commas === 0 && first!.type !== "StarPattern") return first as Pattern;
  return sequence(items, { from, to: siblings.end }, lowering);
}

function sequence(
  items: readonly (Pattern | StarPattern)[],
  span: Span,
  { report }: Lowering,
): SequencePattern {
  if (items.filter(({ type }) => type === "StarPattern").length > 1) {
    report(syntaxProblem(span, "multiple starred expressions in sequence pattern"));
  }
  return { type: "SequencePattern", items, ...span };
}

/** A pattern or, in a sequence, `*name`. */
function element(node: SyntaxNode, lowering: Lowering): Pattern | StarPattern {
  if (node.name !== "StarPattern") return pattern(node, lowering);
  const inner = node.getChild("CapturePattern") ?? node.getChild("VariableName");
  return { type: "StarPattern", name: inner && captured(inner, lowering), ...spanOf(node) };
}

/** A captured name; null for `_`. */
function captured(node: Span, lowering: Lowering): string | null {
  const name = identifier(node, lowering);
  return name === "_" ? null : name;
}

function pattern(node: SyntaxNode, lowering: Lowering): Pattern {
  const span = spanOf(node);
  switch (node.name) {
    case "CapturePattern":
    case "VariableName":
      return capture(node, lowering);
    case "OrPattern":
      return alternatives(node, lowering);
    case "AsPattern": {
      const siblings = new Siblings(node);
      const inner = pattern(siblings.next()!, lowering);
      siblings.take("as");
      const name = siblings.next();
      return {
        type: "CapturePattern",
        name: name ? captured(name, lowering) : null,
        pattern: inner,
        ...span,
      };
    }
    case "SequencePattern": {
      const parts = children(node);
      const inner = parts.filter(({ name }) => name.endsWith("Pattern"));
      // `(pattern)` only groups.
      const groups = parts[0]?.name === "(" && !parts.some(({ name }) => name === ",");
      if (groups && inner.length === 1 && inner[0]!.name !== "StarPattern") {
        return pattern(inner[0]!, lowering);
      }
      return sequence(
        inner.map((part) => element(part, lowering)),
        span,
        lowering,
      );
    }
    case "MappingPattern":
      return mapping(node, lowering);
    case "ClassPattern":
      return classPattern(node, lowering);
    default:
      return { type: "ValuePattern", value: reread(span, lowering), ...span };
  }
}

/** A name; or, behind the name that the grammar saw, what it could not read. */
function capture(node: SyntaxNode, lowering: Lowering): Pattern {
  const span = spanOf(node);
  const source = lowering.text.slice(node.from, node.to);
  if (/^\{/.test(source)) return { type: "MappingPattern", entries: [], rest: null, ...span };
  if (/^[([]/.test(source)) return { type: "SequencePattern", items: [], ...span };
  if (source.endsWith(")")) {
    const value = reread(span, lowering);
    const type = value.type === "Call" ? value.callee : value;
    return { type: "ClassPattern", class: type, positional: [], keywords: [], ...span };
  }
  if (/["']/.test(source)) return { type: "ValuePattern", value: reread(span, lowering), ...span };
  return { type: "CapturePattern", name: captured(node, lowering), pattern: null, ...span };
}

/** `pattern | pattern`, nested to the left by the grammar. */
function alternatives(node: SyntaxNode, lowering: Lowering): Pattern {
  const items: Pattern[] = [];
  for (const child of children(node)) {
    if (!child.name.endsWith("Pattern")) continue;
    const item = pattern(child, lowering);
    if (item.type === "OrPattern") items.push(...item.alternatives);
    else items.push(item);
  }
  for (const item of items.slice(0, -1)) {
    if (isIrrefutable(item)) lowering.report(unreachable(item));
  }
  const last = items.at(-1);
  // The grammar gives `as` to the last alternative, where Python gives it to all of them.
  if (node.lastChild?.name === "AsPattern" && last?.type === "CapturePattern" && last.pattern) {
    const inner = last.pattern.type === "OrPattern" ? last.pattern.alternatives : [last.pattern];
    const either: Pattern = {
      type: "OrPattern",
      alternatives: [...items.slice(0, -1), ...inner],
      ...spanOf(node),
    };
    return { type: "CapturePattern", name: last.name, pattern: either, ...spanOf(node) };
  }
  return { type: "OrPattern", alternatives: items, ...spanOf(node) };
}

/** `{key: pattern, **rest}` */
function mapping(node: SyntaxNode, lowering: Lowering): Pattern {
  const siblings = new Siblings(node);
  siblings.take("{");
  const entries: { key: Expression; pattern: Pattern }[] = [];
  let rest: string | null = null;
  while (siblings.node && siblings.name !== "}") {
    if (siblings.take("**")) {
      const name = siblings.next();
      if (name) rest = captured(name, lowering);
    } else {
      const key = siblings.next()!;
      siblings.take(":");
      const value = siblings.next();
      if (!value) break;
      entries.push({ key: reread(key, lowering), pattern: pattern(value, lowering) });
    }
    if (!siblings.take(",")) break;
  }
  return { type: "MappingPattern", entries, rest, ...spanOf(node) };
}

/** `name(pattern, keyword=pattern)` */
function classPattern(node: SyntaxNode, lowering: Lowering): Pattern {
  const list = node.getChild("PatternArgList");
  const type = reread({ from: node.from, to: list?.from ?? node.to }, lowering);
  const positional: Pattern[] = [];
  const keywords: { name: string; pattern: Pattern }[] = [];
  for (const child of list ? children(list) : []) {
    if (child.name === "KeywordPattern") {
      const name = child.getChild("VariableName");
      const value = child.lastChild;
      if (!name || !value) continue;
      keywords.push({ name: identifier(name, lowering), pattern: pattern(value, lowering) });
    } else if (child.name.endsWith("Pattern")) {
      positional.push(pattern(child, lowering));
    }
  }
  return { type: "ClassPattern", class: type, positional, keywords, ...spanOf(node) };
}
