/**
 * @file Assignment targets: names, attributes, items, and patterns of them.
 */
import type { Expression } from "../../python/nodes.ts";
import { PyList, PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import type { Value } from "../objects.ts";
import {
  deleteAttribute,
  deleteItem,
  errorTypeName,
  iterate,
  setAttribute,
  setItem,
  typeOf,
} from "../operations.ts";
import type { Context } from "./compiler.ts";
import { compileExpression } from "./expressions.ts";
import { type Execute, normal, type Store } from "./frame.ts";
import { setListItem } from "./items.ts";
import { deleteName, storeName } from "./names.ts";

/** What `target = …` does with the value. */
export function compileStore(target: Expression, context: Context): Store {
  switch (target.type) {
    case "Name":
      return storeName(target.id, context);
    case "Attribute": {
      const object = compileExpression(target.object, context);
      const { name } = target;
      return (frame, value) => setAttribute(object(frame), name, value);
    }
    case "Subscript": {
      const object = compileExpression(target.object, context);
      const index = compileExpression(target.index, context);
      return (frame, value) => {
        const container = object(frame);
        const at = index(frame);
        if (!setListItem(container, at, value)) setItem(container, at, value);
      };
    }
    case "Tuple":
    case "List":
      return unpack(target.items, context);
    default:
      throw new Error(`internal: ${target.type} as a target`);
  }
}

function unpack(targets: readonly Expression[], context: Context): Store {
  const star = targets.findIndex(({ type }) => type === "Starred");
  const stores = targets.map((target) =>
    compileStore(target.type === "Starred" ? target.value : target, context),
  );
  const count = stores.length;
  if (star < 0) {
    return (frame, value) => {
      const items = exactly(value, count);
      for (let index = 0; index < count; index++) stores[index]!(frame, items[index]!);
    };
  }
  const after = count - star - 1;
  return (frame, value) => {
    const items = [...unpackable(value)];
    if (items.length < count - 1) {
      throw pythonError(
        "ValueError",
        `not enough values to unpack (expected at least ${count - 1}, got ${items.length})`,
      );
    }
    const end = items.length - after;
    for (let index = 0; index < star; index++) stores[index]!(frame, items[index]!);
    stores[star]!(frame, new PyList(items.slice(star, end)));
    for (let index = 0; index < after; index++) {
      stores[star + 1 + index]!(frame, items[end + index]!);
    }
  };
}

function unpackable(value: Value): Iterable<Value> {
  if (!typeOf(value).iterate) {
    throw pythonError("TypeError", `cannot unpack non-iterable ${errorTypeName(value)} object`);
  }
  return iterate(value);
}

/** Just `count` items; ValueError for more or fewer. No more than one too many is ever asked for. */
function exactly(value: Value, count: number): readonly Value[] {
  let items: readonly Value[];
  if (value instanceof PyTuple || value instanceof PyList) {
    items = value.items;
  } else {
    const taken: Value[] = [];
    for (const item of unpackable(value)) {
      taken.push(item);
      if (taken.length > count) break;
    }
    items = taken;
  }
  if (items.length > count) {
    throw pythonError("ValueError", `too many values to unpack (expected ${count})`);
  }
  if (items.length < count) {
    throw pythonError(
      "ValueError",
      `not enough values to unpack (expected ${count}, got ${items.length})`,
    );
  }
  return items;
}

/** `del target`. */
export function compileDelete(target: Expression, context: Context): Execute {
  switch (target.type) {
    case "Name":
      return deleteName(target.id, context);
    case "Subscript": {
      const object = compileExpression(target.object, context);
      const index = compileExpression(target.index, context);
      return (frame) => {
        const container = object(frame);
        deleteItem(container, index(frame));
        return normal;
      };
    }
    case "Attribute": {
      const object = compileExpression(target.object, context);
      const { name } = target;
      return (frame) => {
        deleteAttribute(object(frame), name);
        return normal;
      };
    }
    case "Tuple":
    case "List": {
      const parts = target.items.map((item) => compileDelete(item, context));
      return (frame) => {
        for (const part of parts) part(frame);
        return normal;
      };
    }
    default:
      throw new Error(`internal: ${target.type} as a target`);
  }
}
