/**
 * @file Comprehensions and generator expressions. Each runs in a frame of its own, so that its
 * variables stay inside; the first iterable is evaluated outside, as Python does.
 */
import type { Comprehension } from "../../python/nodes.ts";
import { PyDict, PyIterator, PyList, PyRange, PySet } from "../containers.ts";
import { toException } from "../errors.ts";
import { checkInterrupt } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import { grow, iterate } from "../operations.ts";
import type { Context } from "./compiler.ts";
import { compileExpression, compileTest } from "./expressions.ts";
import { Activation, type Evaluate, type Frame, type Store } from "./frame.ts";
import { comprehensionScope } from "./scopes.ts";
import { compileStore } from "./targets.ts";

type Test = (frame: Frame) => boolean;

interface Clause {
  readonly store: Store;
  /** Null for the first, whose items are given. */
  readonly iterable: Evaluate | null;
  /** Whether all conditions hold; null where there are none. */
  readonly test: Test | null;
}

export function compileComprehension(node: Comprehension, context: Context): Evaluate {
  const scope = comprehensionScope(context.scope, node.clauses);
  const inner: Context = { ...context, scope };
  const source = compileExpression(node.clauses[0]!.iterable, context);
  const clauses = node.clauses.map(
    ({ target, iterable, conditions }, index): Clause => ({
      store: compileStore(target, inner),
      iterable: index === 0 ? null : compileExpression(iterable, inner),
      test: allOf(conditions.map((condition) => compileTest(condition, inner))),
    }),
  );
  const element = compileExpression(node.element, inner);
  const slots = scope.slots.size;
  const open = (frame: Frame, activation: Activation): Frame => ({
    slots: new Array(slots).fill(undefined),
    parent: frame,
    activation,
  });
  if (node.kind === "generator") {
    return (frame) => {
      const items = iterate(source(frame));
      const activation = new Activation(context.source, "<genexpr>");
      activation.line = context.source.lineAt(node.from);
      const own = open(frame, activation);
      const generator =
        clauses.length === 1
          ? oneClause(clauses[0]!, items, own, element)
          : generate(clauses, items, own, element);
      return new PyIterator("generator", traced(generator, activation));
    };
  }
  if (node.kind === "dict") {
    const value = compileExpression(node.value!, inner);
    return (frame) => {
      const result = new PyDict();
      const own = open(frame, frame.activation);
      forEach(clauses, 0, source(frame), own, () => {
        const key = element(own);
        result.set(key, value(own));
      });
      return result;
    };
  }
  const isSet = node.kind === "set";
  return (frame) => {
    const items: Value[] = [];
    const own = open(frame, frame.activation);
    forEach(clauses, 0, source(frame), own, () => grow(items, element(own)));
    return isSet ? new PySet(items) : new PyList(items);
  };
}

function forEach(
  clauses: readonly Clause[],
  index: number,
  source: Value,
  frame: Frame,
  visit: () => void,
): void {
  const { store, test } = clauses[index]!;
  const next = clauses[index + 1];
  const take = (item: Value): void => {
    checkInterrupt();
    store(frame, item);
    if (test && !test(frame)) return;
    if (next) forEach(clauses, index + 1, next.iterable!(frame), frame, visit);
    else visit();
  };
  if (source instanceof PyRange) {
    const { start, step, length } = source;
    let value = start;
    for (let left = Number(length); left > 0; left--) {
      take(value);
      value += step;
    }
  } else {
    for (const item of iterate(source)) take(item);
  }
}

function allOf(tests: readonly Test[]): Test | null {
  if (tests.length < 2) return tests[0] ?? null;
  return (frame) => tests.every((test) => test(frame));
}

const done = { done: true, value: undefined } as const;

/** What `generate` gives for one `for`, as most have: without a JavaScript generator to resume. */
function oneClause(
  { store, test }: Clause,
  items: Iterable<Value>,
  frame: Frame,
  element: Evaluate,
): Iterator<Value> {
  const source = items[Symbol.iterator]();
  return {
    next() {
      for (;;) {
        const step = source.next();
        if (step.done) return done;
        checkInterrupt();
        store(frame, step.value);
        if (!test || test(frame)) return { done: false, value: element(frame) };
      }
    },
  };
}

function* generate(
  clauses: readonly Clause[],
  items: Iterable<Value>,
  frame: Frame,
  element: Evaluate,
  index = 0,
): Generator<Value> {
  const { store, test } = clauses[index]!;
  const next = clauses[index + 1];
  for (const item of items) {
    checkInterrupt();
    store(frame, item);
    if (test && !test(frame)) continue;
    if (next) {
      yield* generate(clauses, iterate(next.iterable!(frame)), frame, element, index + 1);
    } else {
      yield element(frame);
    }
  }
}

/** A generator has an entry of its own in tracebacks, and ends with what it raises. */
function traced(items: Iterator<Value>, activation: Activation): Iterator<Value> {
  let ended = false;
  return {
    next() {
      if (ended) return done;
      try {
        const step = items.next();
        ended = step.done === true;
        return step;
      } catch (thrown) {
        ended = true;
        const exception = toException(thrown);
        activation.record(exception);
        throw exception;
      }
    },
  };
}
