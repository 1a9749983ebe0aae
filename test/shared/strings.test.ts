import assert from "node:assert/strict";
import { format, type ViewStrings, viewStrings, viewStringsFor } from "../../src/shared/strings.ts";

describe("the view's language", () => {
  function assertLanguage(locale: string, expected: string) {
    it(`${locale}: ${expected}`, () => assert.equal(viewStringsFor(locale).mean, expected));
  }
  assertLanguage("en", "Mean");
  assertLanguage("en-GB", "Mean");
  assertLanguage("de", "Mean");
  assertLanguage("zh", "均值");
  assertLanguage("zh-cn", "均值");
  assertLanguage("zh-CN", "均值");
  assertLanguage("zh-Hans", "均值");
  assertLanguage("zh-TW", "Mean");

  it("has the same places to fill in both languages", () => {
    const places = (text: string) => (text.match(/\{\d\}/g) ?? []).toSorted();
    const words = ({ history, modes, detail, ...rest }: ViewStrings) =>
      Object.entries({ rest, history, modes, detail }).flatMap(([part, strings]) =>
        Object.entries(strings).map(([key, text]) => [`${part}.${key}`, text] as const),
      );
    const chinese = new Map(words(viewStringsFor("zh-cn")));
    for (const [key, text] of words(viewStrings)) {
      assert.deepEqual(places(chinese.get(key)!), places(text), key);
    }
  });
});

describe("filling words in", () => {
  it("puts each value in its place", () =>
    assert.equal(format("{1} of {0}, {1}", 64, "a {0}"), "a {0} of 64, a {0}"));
});
