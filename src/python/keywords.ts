/** @file Python's reserved words. */

/** Words that are values. */
export const constants: ReadonlySet<string> = new Set(["True", "False", "None"]);

const keywords = new Set([
  ...constants,
  ..."and as assert async await break class continue def del elif else except finally".split(" "),
  ..."for from global if import in is lambda nonlocal not or pass raise return".split(" "),
  ..."try while with yield".split(" "),
]);

/** Whether the word cannot be a name. */
export function isKeyword(word: string): boolean {
  return keywords.has(word);
}

/** Words that go on within an expression. */
const inExpressions = [...constants, ..."and else for if in is lambda not or".split(" ")];

/** What shows whether this parser reads a construct: its smallest whole statement. */
const probes: Readonly<Record<string, string>> = {
  class: "class C:\n  pass",
  yield: "def f():\n  yield",
  async: "async def f():\n  pass",
  await: "async def f():\n  await x",
};

/** The reserved words that can be typed here and that `reads` does not refuse. */
export function typableKeywords(
  startsStatement: boolean,
  reads: (text: string) => boolean,
): readonly string[] {
  const words = startsStatement ? [...keywords] : inExpressions;
  return words.filter((word) => !Object.hasOwn(probes, word) || reads(probes[word]!));
}
