/**
 * @file `datetime.strptime`: moments read as a format says.
 */
import { pythonError } from "../../errors.ts";
import { repr } from "../../operations.ts";

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** What each directive of `strptime` reads, and which field it sets. */
const readers: Readonly<Record<string, readonly [string, keyof typeof places | null]>> = {
  Y: ["\\d{4}", "year"],
  m: ["\\d{1,2}", "month"],
  d: ["\\d{1,2}", "day"],
  H: ["\\d{1,2}", "hour"],
  I: ["\\d{1,2}", "hour"],
  M: ["\\d{1,2}", "minute"],
  S: ["\\d{1,2}", "second"],
  f: ["\\d{1,6}", "microsecond"],
  y: ["\\d{2}", "year"],
  b: ["[A-Za-z]{3}", "month"],
  B: ["[A-Za-z]+", "month"],
  a: ["[A-Za-z]{3}", null],
  A: ["[A-Za-z]+", null],
  p: ["[AaPp][Mm]", null],
};
const places = { year: 0, month: 1, day: 2, hour: 3, minute: 4, second: 5, microsecond: 6 };

/** The numbers of a moment that a text tells in a format. */
export function readTime(text: string, format: string): number[] {
  const letters: string[] = [];
  const pattern = format.replace(/%(.)|([\\^$.*+?()[\]{}|/])|\s+/g, (whole, letter, special) => {
    if (special) return `\\${special}`;
    if (!letter) return "\\s+";
    if (letter === "%") return "%";
    const reader = readers[letter];
    if (!reader) {
      throw pythonError("ValueError", `'${letter}' is a bad directive in format ${repr(format)}`);
    }
    letters.push(letter);
    return `(${whole === "" ? "" : reader[0]})`;
  });
  const found = new RegExp(`^${pattern}`).exec(text);
  if (!found) {
    throw pythonError(
      "ValueError",
      `time data ${repr(text)} does not match format ${repr(format)}`,
    );
  }
  if (found[0].length < text.length) {
    throw pythonError("ValueError", `unconverted data remains: ${text.slice(found[0].length)}`);
  }
  const numbers = [1900, 1, 1, 0, 0, 0, 0];
  let afternoon: boolean | null = null;
  for (const [index, letter] of letters.entries()) {
    const part = found[index + 1]!;
    if (letter === "p") afternoon = /p/i.test(part);
    const field = readers[letter]![1];
    if (field === null) continue;
    let number = Number(part);
    if (letter === "b" || letter === "B") {
      number = monthNames.indexOf(part.slice(0, 3).toLowerCase()) + 1;
    }
    if (letter === "y") number += number < 69 ? 2000 : 1900;
    if (letter === "f") number = Number(part.padEnd(6, "0"));
    numbers[places[field]] = number;
  }
  if (afternoon !== null) numbers[3] = (numbers[3]! % 12) + (afternoon ? 12 : 0);
  return numbers;
}
