/**
 * Files written by NumPy itself or damaged by hand, with what a reader should find in each.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { readNpy } from "../../src/formats/npy.ts";

const folder = new URL("fixtures/npy/", import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

interface Expected {
  readonly outcome: "read" | "refuse";
  readonly about: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly valuesSha256: string;
}

const files = readdirSync(folder).filter((name) => name.endsWith(".npy"));
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), "utf8"));

/** Words of NumPy's that a refusal must have. */
const refusals: Readonly<Record<string, RegExp>> = {
  "complex64.npy": /^descr is not a dtype that tensors have: '<c8'/,
  "datetimes.npy": /^descr is not a dtype that tensors have: '<M8\[D\]'/,
  "float_shape.npy": /^shape is not valid: \(4\.0, 3\)$/,
  "header_code.npy": /^Cannot parse header: /,
  "header_length_beyond.npy": /^EOF: reading array header, expected 60000 bytes got 166$/,
  "lying_shape_large.npy": /^EOF: reading array data, expected 4000000000000 bytes got 48/,
  "lying_shape_more.npy": /^EOF: reading array data, expected 500 bytes got 48/,
  "lying_shape_overflow.npy": /^EOF: reading array data/,
  "missing_key.npy": /^Header does not contain the correct keys: \['descr', 'shape'\]$/,
  "negative_shape.npy": /^shape is not valid: /,
  "not_npy.npy": /^the magic string is not correct; expected b'\\x93NUMPY', got b'/,
  "object.npy": /^Object arrays cannot be loaded when allow_pickle=False$/,
  "strings.npy": /^descr is not a dtype that tensors have: '<U4'/,
  "structured.npy": /^descr is not a dtype that tensors have: \[/,
  "structured_unicode.npy": /^descr is not a dtype that tensors have: \[/,
  "truncated_data.npy": /^EOF: reading array data, expected 160 bytes got 153/,
  "truncated_header.npy": /^EOF: reading array header, expected 118 bytes got 50$/,
  "truncated_magic.npy": /^the magic string is not correct/,
  "unknown_descr.npy": /^descr is not a dtype that tensors have: '<q9'/,
  "version_9.npy": /^we only support format version \(1,0\), \(2,0\), and \(3,0\), not \(9, 0\)$/,
  "void_bfloat16.npy": /^descr is not a dtype that tensors have: '\|V2'/,
  "zero_bytes.npy": /^the magic string is not correct/,
};

describe("a .npy file", () => {
  for (const name of files) {
    const expected = expectedOf(name);
    it(`${name}: ${expected.about}`, () => {
      if (expected.outcome === "refuse") {
        const message = refusals[name] ?? assert.fail(`no words for ${name}`);
        assert.throws(() => readNpy(read(name)), { name: "ValueError", message });
        return;
      }
      const { shape, dtype, data } = readNpy(read(name));
      assert.deepEqual([shape, dtype], [expected.shape, expected.dtype]);
      const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      const hash = createHash("sha256").update(bytes).digest("hex");
      assert.equal(hash, expected.valuesSha256);
    });
  }

  it("is read or refused in one sentence, whatever its bytes", () => {
    const whole = read("float64_c.npy");
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          readNpy(bytes);
        } catch (error) {
          assert.equal((error as Error).name, "ValueError");
        }
      }),
    );
  });
});
