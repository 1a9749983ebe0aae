/**
 * @file The built-in types. Importing this registers those whose values are objects.
 */
import "./containers.ts";
import "./dicts.ts";
import "./sets.ts";
import "./ranges.ts";
import "./iterators.ts";
import "./callables.ts";
import "./exceptions.ts";
import "./instances.ts";
import "./descriptors.ts";

export { noneType } from "./none.ts";
export { booleanType, floatType, integerType } from "./numbers.ts";
export { stringType } from "./strings.ts";
