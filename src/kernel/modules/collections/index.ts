/**
 * @file `collections`.
 */
import { PythonModule } from "../../functions.ts";
import type { Session } from "../../session.ts";
import { deque } from "./deque.ts";
import { chainMap, counter, defaultdict, orderedDict } from "./dictionaries.ts";
import { namedtuple } from "./namedTuples.ts";

export function collectionsModule(session: Session): PythonModule {
  return new PythonModule(
    "collections",
    {
      ChainMap: chainMap,
      Counter: counter,
      OrderedDict: orderedDict,
      abc: session.importModule("collections.abc"),
      defaultdict,
      deque,
      namedtuple,
    },
    ["UserDict", "UserList", "UserString"],
  );
}
