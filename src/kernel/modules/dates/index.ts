/**
 * @file `datetime`: dates, times and the spans between them, in the proleptic Gregorian calendar.
 */
import { PyClass } from "../../classes.ts";
import { PyTuple } from "../../containers.ts";
import { pythonError } from "../../errors.ts";
import {
  type AttributeTable,
  attributes,
  type Bound,
  builtin,
  PythonModule,
} from "../../functions.ts";
import { registerType, type Value } from "../../objects.ts";
import { compare, errorTypeName, repr, str, toCount, toFloat } from "../../operations.ts";
import { calendarFacts, formatTime, localTime, type TimeParts } from "../time.ts";
import { readTime } from "./reading.ts";
import { floor, million, ordered, perDay, Span, six, spanClass, two } from "./spans.ts";

const months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** A date; with a time of day, a moment. */
class Moment {
  readonly parts: TimeParts & { readonly microsecond: number };
  readonly isDate: boolean;
  /** `timezone.utc`, or none. */
  readonly utc: boolean;

  constructor(numbers: readonly number[], isDate: boolean, utc = false) {
    const [year, month, day, hour = 0, minute = 0, second = 0, microsecond = 0] = numbers as [
      number,
      number,
      number,
      ...number[],
    ];
    checkRange("year", year, 1, 9999, `year ${year} is out of range`);
    checkRange("month", month, 1, 12, "month must be in 1..12");
    const days = month === 2 && isLeap(year) ? 29 : months[month - 1]!;
    checkRange("day", day, 1, days, "day is out of range for month");
    checkRange("hour", hour, 0, 23, "hour must be in 0..23");
    checkRange("minute", minute, 0, 59, "minute must be in 0..59");
    checkRange("second", second, 0, 59, "second must be in 0..59");
    checkRange("microsecond", microsecond, 0, 999_999, "microsecond must be in 0..999999");
    const facts = calendarFacts(year, month, day);
    this.parts = { year, month, day, hour, minute, second, microsecond, ...facts };
    this.isDate = isDate;
    this.utc = utc;
  }

  /** Microseconds since the year 1970. */
  get since(): bigint {
    const { year, month, day, hour, minute, second, microsecond } = this.parts;
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute, second);
    return BigInt(date.getTime()) * 1000n + BigInt(microsecond);
  }
}

function checkRange(_: string, value: number, low: number, high: number, message: string): void {
  if (value < low || value > high) throw pythonError("ValueError", message);
}

function momentSince(total: bigint, isDate: boolean, utc = false): Moment {
  const date = new Date(Number(floor(total, 1000n)));
  const numbers = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    Number(total - floor(total, million) * million),
  ];
  if (!(numbers[0]! >= 1 && numbers[0]! <= 9999)) {
    throw pythonError("OverflowError", "date value out of range");
  }
  return new Moment(isDate ? numbers.slice(0, 3) : numbers, isDate, utc);
}

const dateText = ({ year, month, day }: TimeParts) =>
  `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

function clockText({ hour, minute, second, microsecond = 0 }: TimeParts): string {
  const fraction = microsecond === 0 ? "" : `.${six(microsecond)}`;
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

function isoText({ parts, isDate, utc }: Moment, separator: string): string {
  if (isDate) return dateText(parts);
  return `${dateText(parts)}${separator}${clockText(parts)}${utc ? "+00:00" : ""}`;
}

const fieldNames = ["year", "month", "day", "hour", "minute", "second", "microsecond"] as const;

function numbersOf({ parts, isDate }: Moment): number[] {
  return fieldNames.slice(0, isDate ? 3 : 7).map((name) => parts[name]);
}

function momentRepr(moment: Moment): string {
  const numbers = numbersOf(moment);
  if (!moment.isDate) {
    if (numbers[6] === 0) numbers.pop();
    if (numbers.length === 6 && numbers[5] === 0) numbers.pop();
  }
  const zone = moment.utc ? ", tzinfo=datetime.timezone.utc" : "";
  return `datetime.${moment.isDate ? "date" : "datetime"}(${numbers.join(", ")}${zone})`;
}

/** `timezone.utc`: the one zone that is known. */
class Zone {}

const utcZone = new Zone();
const zoneClass = new PyClass("timezone", { module: "datetime", members: { utc: utcZone } });

registerType(Zone, {
  name: "timezone",
  module: "datetime",
  classOf: () => zoneClass,
  repr: () => "datetime.timezone.utc",
  str: () => "UTC",
  hash: (value) => value,
});

const now = () => BigInt(Date.now()) * 1000n;

function localNow(): Moment {
  const { year, month, day, hour, minute, second } = localTime(Date.now() / 1000);
  const micro = Number(now() % million);
  return new Moment([year, month, day, hour, minute, second, micro], false);
}

function fromTimestamp(timestamp: Value, utc: boolean): Moment {
  const seconds = toFloat(timestamp);
  if (utc) return momentSince(BigInt(Math.round(seconds * 1e6)), false, true);
  const { year, month, day, hour, minute, second } = localTime(Math.floor(seconds));
  const micro = Math.round((seconds - Math.floor(seconds)) * 1e6);
  return new Moment([year, month, day, hour, minute, second, micro], false);
}

function fromIso(value: Value, isDate: boolean): Moment {
  const text = str(value);
  const pattern =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?)?(Z|\+00:00)?)?$/;
  const found = pattern.exec(text);
  if (!found || (isDate && found[4] !== undefined)) {
    throw pythonError("ValueError", `Invalid isoformat string: ${repr(text)}`);
  }
  const numbers = found.slice(1, 7).map((part) => Number(part ?? 0));
  numbers.push(Number((found[7] ?? "").padEnd(6, "0")));
  return new Moment(isDate ? numbers.slice(0, 3) : numbers, isDate, found[8] !== undefined);
}

const newDate = builtin("date(year, month, day)", ({ year, month, day }) => {
  return new Moment([year!, month!, day!].map(toCount), true);
});
const newMoment = builtin(
  "datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
  (bound) =>
    new Moment(
      fieldNames.map((name) => toCount(bound[name]!)),
      false,
      bound["tzinfo"] instanceof Zone,
    ),
);

const dateClass: PyClass = new PyClass("date", {
  module: "datetime",
  construct: (args) => newDate.call(args),
  members: {
    fromisoformat: builtin("fromisoformat(date_string, /)", ({ date_string }) =>
      fromIso(date_string!, true),
    ),
    today: builtin("today()", () => new Moment(numbersOf(localNow()).slice(0, 3), true)),
  },
});

const momentClass: PyClass = new PyClass("datetime", {
  module: "datetime",
  bases: [dateClass],
  construct: (args) => newMoment.call(args),
  members: {
    combine: builtin("combine(date, time)", ({ date, time }) => {
      const clock = (time as Clock).parts;
      return new Moment(
        [
          ...numbersOf(date as Moment).slice(0, 3),
          clock.hour,
          clock.minute,
          clock.second,
          clock.microsecond ?? 0,
        ],
        false,
      );
    }),
    fromisoformat: builtin("fromisoformat(date_string, /)", ({ date_string }) =>
      fromIso(date_string!, false),
    ),
    fromtimestamp: builtin("fromtimestamp(timestamp, tz=None)", ({ timestamp, tz }) =>
      fromTimestamp(timestamp!, tz instanceof Zone),
    ),
    now: builtin("now(tz=None)", ({ tz }) =>
      tz instanceof Zone ? momentSince(now(), false, true) : localNow(),
    ),
    strptime: builtin(
      "strptime(date_string, format, /)",
      ({ date_string, format }) => new Moment(readTime(str(date_string!), str(format!)), false),
    ),
    today: builtin("today()", localNow),
    utcfromtimestamp: builtin("utcfromtimestamp(timestamp, /)", ({ timestamp }) =>
      momentSince(BigInt(Math.round(toFloat(timestamp!) * 1e6)), false),
    ),
    utcnow: builtin("utcnow()", () => momentSince(now(), false)),
  },
});

function replaced(self: Moment, bound: Bound): Moment {
  const numbers = numbersOf(self).map((number, index) => {
    const given = bound[fieldNames[index]!];
    return given === undefined || given === null ? number : toCount(given);
  });
  const zone = bound["tzinfo"];
  return new Moment(numbers, self.isDate, zone === undefined ? self.utc : zone instanceof Zone);
}

function zoned({ parts, utc }: Moment, format: string): string {
  const full = format.replaceAll("%z", utc ? "+0000" : "").replaceAll("%Z", utc ? "UTC" : "");
  return formatTime(full, parts);
}

const momentTable: AttributeTable<Moment> = {
  properties: {
    year: ({ parts }) => BigInt(parts.year),
    month: ({ parts }) => BigInt(parts.month),
    day: ({ parts }) => BigInt(parts.day),
  },
  methods: {
    "isoformat(sep='T', timespec='auto')": (self, { sep }) => isoText(self, str(sep!)),
    "strftime(format)": (self, { format }) => zoned(self, str(format!)),
    "weekday()": ({ parts }) => BigInt(parts.weekday),
    "isoweekday()": ({ parts }) => BigInt(parts.weekday + 1),
    "toordinal()": (self) => floor(self.since, perDay) + 719_163n,
    "ctime()": ({ parts }) => formatTime("%c", parts),
    "replace(year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=...)":
      replaced,
    "isocalendar()": ({ parts }) => new PyTuple(isoWeek(parts)),
  },
};

function isoWeek({ year, yearDay, weekday }: TimeParts): bigint[] {
  const week = Math.floor((yearDay - 1 - weekday + 10) / 7);
  const weeks = (of: number) => {
    const first = calendarFacts(of, 1, 1).weekday;
    return first === 3 || (first === 2 && isLeap(of)) ? 53 : 52;
  };
  const number = week < 1 ? weeks(year - 1) : week > weeks(year) ? 1 : week;
  const of = week < 1 ? year - 1 : week > weeks(year) ? year + 1 : year;
  return [of, number, weekday + 1].map(BigInt);
}

const dateAttributes = attributes<Moment>(momentTable);
const momentAttributes = attributes<Moment>({
  properties: {
    ...momentTable.properties,
    hour: ({ parts }) => BigInt(parts.hour),
    minute: ({ parts }) => BigInt(parts.minute),
    second: ({ parts }) => BigInt(parts.second),
    microsecond: ({ parts }) => BigInt(parts.microsecond),
    tzinfo: ({ utc }) => (utc ? utcZone : null),
  },
  methods: {
    ...momentTable.methods,
    "date()": (self) => new Moment(numbersOf(self).slice(0, 3), true),
    "time()": ({ parts }) => new Clock(parts),
    "timestamp()": (self) => {
      if (self.utc) return Number(self.since) / 1e6;
      const { year, month, day, hour, minute, second, microsecond } = self.parts;
      const local = new Date(year, month - 1, day, hour, minute, second).getTime();
      return local / 1000 + microsecond / 1e6;
    },
  },
});

registerType(Moment, {
  name: "datetime",
  module: "datetime",
  classOf: ({ isDate }) => (isDate ? dateClass : momentClass),
  repr: momentRepr,
  str: (self) => isoText(self, " "),
  format: (self, specification) =>
    specification === "" ? isoText(self, " ") : zoned(self, specification),
  hash: (self) => `\0moment:${self.isDate}:${self.utc}:${self.since}`,
  binary(operator, left, right) {
    if (left instanceof Moment && right instanceof Moment && operator === "-") {
      if (left.utc !== right.utc) {
        throw pythonError("TypeError", "can't subtract offset-naive and offset-aware datetimes");
      }
      return left.isDate === right.isDate ? new Span(left.since - right.since) : undefined;
    }
    const [moment, span] = left instanceof Moment ? [left, right] : [right, left];
    if (!(moment instanceof Moment && span instanceof Span)) return undefined;
    if (operator !== "+" && (operator !== "-" || moment !== left)) return undefined;
    const whole = moment.isDate ? span.days * perDay : span.total;
    const sum = moment.since + (operator === "+" ? whole : -whole);
    return momentSince(sum, moment.isDate, moment.utc);
  },
  compare(operator, left, right) {
    if (!(left instanceof Moment && right instanceof Moment)) return undefined;
    if (left.isDate === right.isDate && left.utc === right.utc) {
      return compare(operator, left.since, right.since);
    }
    if (operator === "==") return false;
    if (operator === "!=") return true;
    if (left.isDate !== right.isDate) {
      throw pythonError(
        "TypeError",
        `can't compare ${errorTypeName(left)} to ${errorTypeName(right)}`,
      );
    }
    throw pythonError("TypeError", "can't compare offset-naive and offset-aware datetimes");
  },
  getAttribute: (self, name) =>
    (self.isDate ? dateAttributes : momentAttributes).getAttribute(self, name),
  attributeNames: (self) => (self?.isDate ? dateAttributes : momentAttributes).attributeNames(self),
});

/** A time of day. */
class Clock {
  readonly parts: TimeParts;

  constructor(parts: TimeParts) {
    this.parts = parts;
  }
}

const newClock = builtin(
  "time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
  (bound) => {
    const clock = fieldNames.slice(3).map((name) => toCount(bound[name]!));
    return new Clock(new Moment([1900, 1, 1, ...clock], false).parts);
  },
);

const clockClass: PyClass = new PyClass("time", {
  module: "datetime",
  construct: (args) => newClock.call(args),
});

const orderOfClock = (value: Value): bigint | undefined => {
  if (!(value instanceof Clock)) return undefined;
  const { hour, minute, second, microsecond = 0 } = value.parts;
  return BigInt(((hour * 60 + minute) * 60 + second) * 1e6 + microsecond);
};

registerType(Clock, {
  name: "time",
  module: "datetime",
  classOf: () => clockClass,
  repr({ parts: { hour, minute, second, microsecond = 0 } }) {
    const rest = microsecond ? [second, microsecond] : second ? [second] : [];
    return `datetime.time(${[hour, minute, ...rest].join(", ")})`;
  },
  str: ({ parts }) => clockText(parts),
  hash: (self) => `\0clock:${orderOfClock(self)}`,
  compare: ordered(orderOfClock),
  ...attributes<Clock>({
    properties: {
      hour: ({ parts }) => BigInt(parts.hour),
      minute: ({ parts }) => BigInt(parts.minute),
      second: ({ parts }) => BigInt(parts.second),
      microsecond: ({ parts }) => BigInt(parts.microsecond ?? 0),
    },
    methods: {
      "isoformat()": ({ parts }) => clockText(parts),
      "strftime(format)": ({ parts }, { format }) => formatTime(str(format!), parts),
    },
  }),
});

export function datetimeModule(): PythonModule {
  return new PythonModule(
    "datetime",
    {
      MAXYEAR: 9999n,
      MINYEAR: 1n,
      UTC: utcZone,
      date: dateClass,
      datetime: momentClass,
      time: clockClass,
      timedelta: spanClass,
      timezone: zoneClass,
    },
    ["tzinfo"],
  );
}
