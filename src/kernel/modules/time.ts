/**
 * @file `time`.
 */
import { PyTuple } from "../containers.ts";
import { pythonError } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import { checkInterrupt } from "../interrupts.ts";
import type { Value } from "../objects.ts";
import { str, toFloat } from "../operations.ts";
import { StructSequence, sequenceKind } from "../types/structSequences.ts";

/** Milliseconds on a clock that never goes back, where the host has one. */
export const clock = (globalThis as { performance?: { now(): number } }).performance ?? {
  now: () => Date.now(),
};

/** Waits without giving the thread away, since evaluation is synchronous; an interrupt ends it. */
function sleep(seconds: number): null {
  if (seconds < 0) throw pythonError("ValueError", "sleep length must be non-negative");
  const end = clock.now() + seconds * 1000;
  // Waits in slices, so that a request to stop is seen within one of them.
  const cell =
    typeof SharedArrayBuffer === "undefined" ? null : new Int32Array(new SharedArrayBuffer(4));
  for (let left = end - clock.now(); left > 0; left = end - clock.now()) {
    checkInterrupt();
    if (cell) Atomics.wait(cell, 0, 0, Math.min(left, 20));
  }
  return null;
}

/** A moment as calendars and clocks say it. */
export interface TimeParts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Monday is 0. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  readonly microsecond?: number;
}

/** The weekday and the day of the year of a date of the Gregorian calendar. */
export function calendarFacts(year: number, month: number, day: number) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const start = new Date(0);
  start.setUTCFullYear(year, 0, 1);
  return {
    weekday: (date.getUTCDay() + 6) % 7,
    yearDay: Math.round((date.getTime() - start.getTime()) / 86_400_000) + 1,
  };
}

function partsOf(date: Date, local: boolean): TimeParts {
  const shifted = local ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000) : date;
  const [year, month, day] = [
    shifted.getUTCFullYear(),
    shifted.getUTCMonth() + 1,
    shifted.getUTCDate(),
  ];
  return {
    year,
    month,
    day,
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ...calendarFacts(year, month, day),
  };
}

/** Seconds since 1970 as the clock on the wall shows them. */
export function localTime(seconds: number): TimeParts {
  return partsOf(new Date(seconds * 1000), true);
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number) => String(value).padStart(2, "0");

/** What each directive of `strftime` stands for, in the C locale. */
const directives: Readonly<Record<string, (parts: TimeParts) => string>> = {
  "%": () => "%",
  A: ({ weekday }) => weekdays[weekday]!,
  B: ({ month }) => months[month - 1]!,
  D: (parts) => formatTime("%m/%d/%y", parts),
  F: (parts) => formatTime("%Y-%m-%d", parts),
  H: ({ hour }) => two(hour),
  I: ({ hour }) => two(hour % 12 || 12),
  M: ({ minute }) => two(minute),
  R: (parts) => formatTime("%H:%M", parts),
  S: ({ second }) => two(second),
  T: (parts) => formatTime("%H:%M:%S", parts),
  U: ({ yearDay, weekday }) => two(Math.floor((yearDay + 6 - ((weekday + 1) % 7)) / 7)),
  W: ({ yearDay, weekday }) => two(Math.floor((yearDay + 6 - weekday) / 7)),
  X: (parts) => formatTime("%H:%M:%S", parts),
  Y: ({ year }) => String(year),
  Z: () => "",
  a: ({ weekday }) => weekdays[weekday]!.slice(0, 3),
  b: ({ month }) => months[month - 1]!.slice(0, 3),
  c: (parts) => formatTime("%a %b %e %H:%M:%S %Y", parts),
  d: ({ day }) => two(day),
  e: ({ day }) => String(day).padStart(2),
  f: ({ microsecond = 0 }) => String(microsecond).padStart(6, "0"),
  h: ({ month }) => months[month - 1]!.slice(0, 3),
  j: ({ yearDay }) => String(yearDay).padStart(3, "0"),
  m: ({ month }) => two(month),
  n: () => "\n",
  p: ({ hour }) => (hour < 12 ? "AM" : "PM"),
  t: () => "\t",
  u: ({ weekday }) => String(weekday + 1),
  w: ({ weekday }) => String((weekday + 1) % 7),
  x: (parts) => formatTime("%m/%d/%y", parts),
  y: ({ year }) => two(year % 100),
  z: () => "",
};

/** `strftime`: an unknown directive stays as it is. */
export function formatTime(format: string, parts: TimeParts): string {
  return format.replace(/%(.)/gs, (whole, letter: string) => {
    const directive = directives[letter];
    return directive ? directive(parts) : whole;
  });
}

const structTime = sequenceKind("time", "struct_time", [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
]);

function structOf(parts: TimeParts): Value {
  const { year, month, day, hour, minute, second, weekday, yearDay } = parts;
  const numbers = [year, month, day, hour, minute, second, weekday, yearDay, 0];
  return new StructSequence(structTime, numbers.map(BigInt));
}

function partsFrom(value: Value): TimeParts {
  if (!(value instanceof PyTuple) || value.items.length !== 9) {
    throw pythonError("TypeError", "Tuple or struct_time argument required");
  }
  const [year, month, day, hour, minute, second, weekday, yearDay] = value.items.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { year, month, day, hour, minute, second, weekday, yearDay };
}

const at = (seconds: Value) => (seconds === null ? Date.now() / 1000 : toFloat(seconds));

export function timeModule(): PythonModule {
  const functions = [
    builtin("time()", () => Date.now() / 1000),
    builtin("time_ns()", () => BigInt(Date.now()) * 1_000_000n),
    builtin("perf_counter()", () => clock.now() / 1000),
    builtin("perf_counter_ns()", () => BigInt(Math.round(clock.now() * 1e6))),
    builtin("monotonic()", () => clock.now() / 1000),
    builtin("monotonic_ns()", () => BigInt(Math.round(clock.now() * 1e6))),
    builtin("process_time()", () => clock.now() / 1000),
    builtin("thread_time()", () => clock.now() / 1000),
    builtin("sleep(seconds, /)", ({ seconds }) => sleep(toFloat(seconds!))),
    builtin("localtime(seconds=None, /)", ({ seconds }) => structOf(localTime(at(seconds!)))),
    builtin("gmtime(seconds=None, /)", ({ seconds }) =>
      structOf(partsOf(new Date(at(seconds!) * 1000), false)),
    ),
    builtin("mktime(t, /)", ({ t }) => {
      const { year, month, day, hour, minute, second } = partsFrom(t!);
      return new Date(year, month - 1, day, hour, minute, second).getTime() / 1000;
    }),
    builtin("ctime(seconds=None, /)", ({ seconds }) => formatTime("%c", localTime(at(seconds!)))),
    builtin("asctime(t=None, /)", ({ t }) =>
      formatTime("%c", t === null ? localTime(at(null)) : partsFrom(t!)),
    ),
    builtin("strftime(format, t=None, /)", ({ format, t }) =>
      formatTime(str(format!), t === null ? localTime(at(null)) : partsFrom(t!)),
    ),
  ];
  return new PythonModule(
    "time",
    { timezone: 0n, ...Object.fromEntries(functions.map((entry) => [entry.name, entry])) },
    ["strptime", "get_clock_info", "clock_gettime"],
  );
}
