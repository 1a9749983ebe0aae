/** @file Nodes as one line of text, with each operator's reach in parentheses. */
import type {
  Argument,
  Expression,
  FormattedText,
  Parameters,
  Pattern,
  StarPattern,
  Statement,
} from "../../src/python/nodes.ts";

function sequence(items: readonly Expression[]): string {
  return items.map(show).join(", ");
}

function argument({ kind, name, value }: Argument): string {
  if (kind === "keyword") return `${name}=${show(value)}`;
  return `${kind === "star" ? "*" : kind === "doubleStar" ? "**" : ""}${show(value)}`;
}

function parameters({ items }: Parameters): string {
  const marks = { positionalOnly: "/", normal: "", keywordOnly: "!", star: "", doubleStar: "" };
  const stars: Record<string, string> = { star: "*", doubleStar: "**" };
  return items
    .map(({ name, kind, default: value }) => {
      const fallback = value ? `=${show(value)}` : "";
      return `${stars[kind] ?? ""}${name}${marks[kind]}${fallback}`;
    })
    .join(", ");
}

function formatted({ parts }: FormattedText): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return JSON.stringify(part);
      const conversion = part.conversion ? `!${part.conversion}` : "";
      const label = part.label === null ? "" : ` label ${JSON.stringify(part.label)}`;
      const format = part.format ? `:${formatted(part.format)}` : "";
      return `{${show(part.value)}${conversion}${label}${format}}`;
    })
    .join("");
}

/** An expression. */
export function show(node: Expression): string {
  switch (node.type) {
    case "Name":
      return node.id;
    case "Integer":
      return `${node.value}`;
    case "Float":
      return `${node.value}f`;
    case "Bytes":
      return `b${JSON.stringify(node.value)}`;
    case "Text":
      return JSON.stringify(node.value);
    case "Literal":
      return { true: "True", false: "False", null: "None", "...": "..." }[`${node.value}`];
    case "FormattedText":
      return `f${formatted(node)}`;
    case "Tuple":
      return `(${sequence(node.items)}${node.items.length === 1 ? "," : ""})`;
    case "List":
      return `[${sequence(node.items)}]`;
    case "Set":
      return `{${sequence(node.items)}}`;
    case "Dict":
      return `{${node.entries
        .map(({ key, value }) => (key ? `${show(key)}: ${show(value)}` : `**${show(value)}`))
        .join(", ")}}`;
    case "Unary":
      return `(${node.operator}${node.operator === "not" ? " " : ""}${show(node.operand)})`;
    case "Binary":
    case "Logical":
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
    case "Compare":
      return `(${show(node.first)}${node.operators
        .map((operator, index) => ` ${operator} ${show(node.rest[index])}`)
        .join("")})`;
    case "Conditional":
      return `(${show(node.then)} if ${show(node.test)} else ${show(node.otherwise)})`;
    case "Attribute":
      return `${show(node.object)}.${node.name}`;
    case "Subscript":
      return `${show(node.object)}[${show(node.index)}]`;
    case "Slice": {
      const [start, stop, step] = [node.start, node.stop, node.step].map((part) =>
        part ? show(part) : "",
      );
      return `${start}:${stop}${step ? `:${step}` : ""}`;
    }
    case "Call":
      return `${show(node.callee)}(${node.arguments.map(argument).join(", ")})`;
    case "Starred":
      return `*${show(node.value)}`;
    case "Lambda":
      return `lambda(${parameters(node.parameters)}): ${show(node.body)}`;
    case "Comprehension": {
      const [open, close] = { list: "[]", set: "{}", dict: "{}", generator: "()" }[node.kind];
      const element = show(node.element) + (node.value ? `: ${show(node.value)}` : "");
      const clauses = node.clauses.map(
        ({ target, iterable, conditions }) =>
          ` for ${show(target)} in ${show(iterable)}${conditions
            .map((condition) => ` if ${show(condition)}`)
            .join("")}`,
      );
      return `${open}${element}${clauses.join("")}${close}`;
    }
    case "Named":
      return `(${node.name.id} := ${show(node.value)})`;
    case "Yield":
      return `(yield${node.delegates ? " from" : ""}${node.value ? ` ${show(node.value)}` : ""})`;
    case "Unsupported":
      return `<unsupported ${node.construct}>`;
    case "Missing":
      return `<missing ${node.expected}>`;
  }
}

function block(statements: readonly Statement[]): string {
  return `{${statements.map(showStatement).join("; ")}}`;
}

function word(name: string, statements: readonly Statement[]): string {
  return statements.length > 0 ? ` ${name} ${block(statements)}` : "";
}

function decorators(nodes: readonly Expression[]): string {
  return nodes.map((node) => `@${show(node)} `).join("");
}

function showPattern(node: Pattern | StarPattern): string {
  switch (node.type) {
    case "ValuePattern":
      return show(node.value);
    case "CapturePattern": {
      const name = node.name ?? "_";
      return node.pattern ? `(${showPattern(node.pattern)} as ${name})` : name;
    }
    case "StarPattern":
      return `*${node.name ?? "_"}`;
    case "OrPattern":
      return `(${node.alternatives.map(showPattern).join(" | ")})`;
    case "SequencePattern":
      return `[${node.items.map(showPattern).join(", ")}]`;
    case "MappingPattern": {
      const entries = node.entries.map(
        ({ key, pattern }) => `${show(key)}: ${showPattern(pattern)}`,
      );
      return `{${[...entries, ...(node.rest ? [`**${node.rest}`] : [])].join(", ")}}`;
    }
    case "ClassPattern": {
      const keywords = node.keywords.map(({ name, pattern }) => `${name}=${showPattern(pattern)}`);
      return `${show(node.class)}(${[...node.positional.map(showPattern), ...keywords].join(", ")})`;
    }
  }
}

/** A statement. */
export function showStatement(node: Statement): string {
  switch (node.type) {
    case "ExpressionStatement":
      return `${show(node.value)}${node.silenced ? " (silenced)" : ""}`;
    case "Assign":
      return `${node.targets.map(show).join(" = ")} = ${show(node.value)}`;
    case "Declaration":
      return `declare ${show(node.target)}`;
    case "AugmentedAssign":
      return `${show(node.target)} ${node.operator}= ${show(node.value)}`;
    case "Import":
    case "ImportFrom": {
      const names = node.names
        .map(({ name, alias }) => (alias ? `${name} as ${alias}` : name))
        .join(", ");
      return node.type === "Import" ? `import ${names}` : `from ${node.module} import ${names}`;
    }
    case "If":
      return `if ${show(node.test)} ${block(node.body)}${word("else", node.otherwise)}`;
    case "While":
      return `while ${show(node.test)} ${block(node.body)}${word("else", node.otherwise)}`;
    case "For":
      return `for ${show(node.target)} in ${show(node.iterable)} ${block(node.body)}${word("else", node.otherwise)}`;
    case "FunctionDefinition":
      return `${decorators(node.decorators)}${node.generator ? "generator " : ""}def ${node.name}(${parameters(node.parameters)}) ${block(node.body)}`;
    case "ClassDefinition":
      return `${decorators(node.decorators)}class ${node.name}(${node.arguments.map(argument).join(", ")}) ${block(node.body)}`;
    case "Match": {
      const cases = node.cases.map(
        ({ pattern, guard, body }) =>
          ` case ${showPattern(pattern)}${guard ? ` if ${show(guard)}` : ""} ${block(body)}`,
      );
      return `match ${show(node.subject)}${cases.join("")}`;
    }
    case "Return":
      return node.value ? `return ${show(node.value)}` : "return";
    case "Pass":
    case "Break":
    case "Continue":
      return node.type.toLowerCase();
    case "Delete":
      return `del ${sequence(node.targets)}`;
    case "Global":
    case "Nonlocal":
      return `${node.type.toLowerCase()} ${node.names.join(", ")}`;
    case "Try": {
      const handlers = node.handlers.map(
        ({ exception, name, body }) =>
          ` except${exception ? ` ${show(exception)}` : ""}${name ? ` as ${name}` : ""} ${block(body)}`,
      );
      return `try ${block(node.body)}${handlers.join("")}${word("else", node.otherwise)}${word("finally", node.finally)}`;
    }
    case "Raise":
      return `raise${node.exception ? ` ${show(node.exception)}` : ""}${node.cause ? ` from ${show(node.cause)}` : ""}`;
    case "Assert":
      return `assert ${show(node.test)}${node.message ? `, ${show(node.message)}` : ""}`;
    case "With":
      return `with ${node.items
        .map(({ context, target }) => show(context) + (target ? ` as ${show(target)}` : ""))
        .join(", ")} ${block(node.body)}`;
    case "Unsupported":
      return `<unsupported ${node.construct}>`;
    case "Missing":
      return `<missing ${node.expected}>`;
  }
}
