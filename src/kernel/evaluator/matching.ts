/**
 * @file `match`: patterns compiled to tests that bind names where they hold.
 */
import type { ClassPattern, Match, Pattern, StarPattern } from "../../python/nodes.ts";
import { PyClass } from "../classes.ts";
import { PyDict, PyList, PyRange, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import type { Value } from "../objects.ts";
import { compare, findAttribute, isInstance, iterate, truth } from "../operations.ts";
import type { Context } from "./compiler.ts";
import { compileExpression, compileTest } from "./expressions.ts";
import { type Execute, type Frame, normal, type Store } from "./frame.ts";
import { storeName } from "./names.ts";
import { compileBlock } from "./statements.ts";

type Test = (frame: Frame, subject: Value) => boolean;

/** Built-in classes whose one positional pattern is the whole value. */
const wholeValues = new Set([
  "bool",
  "bytearray",
  "bytes",
  "dict",
  "float",
  "frozenset",
  "int",
  "list",
  "set",
  "str",
  "tuple",
]);

export function compileCases(
  node: Match,
  context: Context,
): readonly { readonly test: Test; readonly guard: ((frame: Frame) => boolean) | null }[] {
  return node.cases.map(({ pattern, guard }) => ({
    test: compilePattern(pattern, context),
    guard: guard && compileTest(guard, context),
  }));
}

export function compileMatch(node: Match, context: Context): Execute {
  const subject = compileExpression(node.subject, context);
  const cases = compileCases(node, context);
  const bodies = node.cases.map(({ body }) => compileBlock(body, context));
  return (frame) => {
    const value = subject(frame);
    for (const [index, { test, guard }] of cases.entries()) {
      if (test(frame, value) && (!guard || guard(frame))) return bodies[index]!(frame);
    }
    return normal;
  };
}

function compilePattern(pattern: Pattern, context: Context): Test {
  switch (pattern.type) {
    case "ValuePattern": {
      const value = compileExpression(pattern.value, context);
      const operator = pattern.value.type === "Literal" ? "is" : "==";
      return (frame, subject) => truth(compare(operator, subject, value(frame)));
    }
    case "CapturePattern": {
      const inner = pattern.pattern && compilePattern(pattern.pattern, context);
      const store = captureStore(pattern.name, context);
      return (frame, subject) => {
        if (inner && !inner(frame, subject)) return false;
        store(frame, subject);
        return true;
      };
    }
    case "OrPattern": {
      const tests = pattern.alternatives.map((item) => compilePattern(item, context));
      return (frame, subject) => tests.some((test) => test(frame, subject));
    }
    case "SequencePattern":
      return sequencePattern(pattern.items, context);
    case "MappingPattern": {
      const entries = pattern.entries.map(({ key, pattern: item }) => ({
        key: compileExpression(key, context),
        test: compilePattern(item, context),
      }));
      const store = captureStore(pattern.rest, context);
      return (frame, subject) => {
        if (!(subject instanceof PyDict)) return false;
        const keys: Value[] = [];
        for (const { key, test } of entries) {
          const name = key(frame);
          const value = subject.get(name);
          if (value === undefined || !test(frame, value)) return false;
          keys.push(name);
        }
        const rest = new PyDict(subject.entries());
        for (const key of keys) rest.delete(key);
        store(frame, rest);
        return true;
      };
    }
    case "ClassPattern":
      return classPattern(pattern, context);
  }
}

function captureStore(name: string | null, context: Context): Store {
  return name === null ? () => {} : storeName(name, context);
}

function sequencePattern(items: readonly (Pattern | StarPattern)[], context: Context): Test {
  const star = items.findIndex(({ type }) => type === "StarPattern");
  const tests = items.map((item): Test => {
    if (item.type !== "StarPattern") return compilePattern(item, context);
    const store = captureStore(item.name, context);
    return (frame, value) => {
      store(frame, value);
      return true;
    };
  });
  return (frame, subject) => {
    if (!isSequence(subject)) return false;
    const values = [...iterate(subject)];
    const extra = values.length - tests.length;
    if (star < 0 ? extra !== 0 : extra < -1) return false;
    if (star >= 0) {
      const rest = values.slice(star, star + extra + 1);
      values.splice(star, extra + 1, new PyList(rest));
    }
    return tests.every((test, index) => test(frame, values[index]!));
  };
}

function isSequence(value: Value): boolean {
  return value instanceof PyList || value instanceof PyTuple || value instanceof PyRange;
}

function classPattern(pattern: ClassPattern, context: Context): Test {
  const type = compileExpression(pattern.class, context);
  const positional = pattern.positional.map((item) => compilePattern(item, context));
  const keywords = pattern.keywords.map((item) => ({
    name: item.name,
    test: compilePattern(item.pattern, context),
  }));
  return (frame, subject) => {
    const wanted = type(frame);
    if (!(wanted instanceof PyClass)) {
      throw pythonError("TypeError", "called match pattern must be a class");
    }
    if (!isInstance(subject, wanted)) return false;
    const names = attributeOrder(wanted, positional.length);
    for (const [index, test] of positional.entries()) {
      const value = names ? findAttribute(subject, names[index]!) : subject;
      if (value === undefined || !test(frame, value)) return false;
    }
    return keywords.every(({ name, test }) => {
      const value = findAttribute(subject, name);
      return value !== undefined && test(frame, value);
    });
  };
}

/** The attributes that positional patterns stand for; null where one stands for the whole value. */
function attributeOrder(type: PyClass, count: number): string[] | null {
  if (count === 0) return null;
  const whole = type.order.some(({ name, subclassable }) => !subclassable && wholeValues.has(name));
  const given = findAttribute(type, "__match_args__");
  const names = given === undefined ? [] : [...iterate(given)];
  const most = given === undefined && whole ? 1 : names.length;
  if (count > most) {
    throw pythonError(
      "TypeError",
      `${type.name}() accepts ${most} positional sub-pattern${most === 1 ? "" : "s"} (${count} given)`,
    );
  }
  return given === undefined ? null : (names as string[]);
}
