/** @file The grammar of `@lezer/python`, made fit for files of any length. */
import { NodeType } from "@lezer/common";
import { parser } from "@lezer/python";

// lezer breaks off what looks like a left-associative chain too deep to walk. It counts reductions
// to nodes for that, and takes the rules that make no node for such as well, as they have no type: a
// few hundred statements with comments between them were cut apart. With types they are known as
// anonymous. A parser of our own by `configure` would take half as long again for every file.
const types = parser.nodeSet.types as NodeType[];
for (let rule = types.length; rule < 2 ** 10; rule++) types.push(NodeType.none);

/** Every tree of this project is this parser's. */
export { parser };
