import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { OverwrittenText } from "../../src/extension/overwrittenText.ts";

function assertSeen(pieces: readonly string[], expected: string): void {
  const text = new OverwrittenText();
  for (const piece of pieces) text.write(piece);
  equal(text.text, expected);
}

describe("printed text with carriage returns", () => {
  it("is written over from the line's start", () => {
    assertSeen(["abc\rx"], "xbc");
    assertSeen(["abc\rlonger"], "longer");
    assertSeen(["one\ntwo\rT\n"], "one\nTwo\n");
    assertSeen(["a\r\nb\r\n"], "a\nb\n");
    assertSeen(["50%\r"], "50%");
  });

  it("is written over by what comes later", () => {
    assertSeen([" 10%\r", " 20%\r", "100%\n", "done"], "100%\ndone");
    assertSeen(["abcdef\rx", "y"], "xycdef");
    assertSeen(["first\nabc", "\rA"], "first\nAbc");
  });

  it("tells whether a piece only goes behind what was there", () => {
    const text = new OverwrittenText();
    deepEqual(
      ["a", "b\nc", "\rC", "d", "\n", "e"].map((piece) => text.write(piece)),
      [true, true, false, true, true, true],
    );
    equal(text.text, "ab\nCd\ne");
  });

  it("reads the same in whatever pieces it comes", () => {
    const part = fc.constantFrom("\r", "\n", "a", "bc", "def");
    fc.assert(
      fc.property(fc.array(fc.array(part)), (pieces) => {
        const whole = new OverwrittenText();
        whole.write(pieces.flat().join(""));
        assertSeen(
          pieces.map((piece) => piece.join("")),
          whole.text,
        );
      }),
    );
  });
});
