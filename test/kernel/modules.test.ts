/** @file Python's own modules: expected values from CPython 3.11 on glibc. */
import { assertPrints } from "./assertions.ts";

function assertGives(imported: string, expression: string, expected: string): void {
  assertPrints(`from ${imported} import *\nimport ${imported}\nprint(${expression})`, expected);
}

describe("kernel: random", () => {
  const seeded = (seed: string, ...lines: readonly string[]) =>
    `import random\nrandom.seed(${seed})\n${lines.map((line) => `print(${line})`).join("\n")}`;

  it("gives CPython's numbers for a seed", () => {
    assertPrints(
      seeded(
        "42",
        "random.random()",
        "random.randint(1, 10)",
        "random.gauss(0, 1)",
        "random.choice('abc')",
        "random.sample(range(100), 5)",
        "random.uniform(1, 2)",
      ),
      "0.6394267984578837",
      "1",
      "-0.039773455257050304",
      "a",
      "[94, 13, 86, 69, 11]",
      "1.5904925124490397",
    );
    assertPrints(seeded("1.5", "random.random()"), "0.551763726942059");
    assertPrints(seeded("-7", "random.getrandbits(70)"), "183505726384713937976");
    assertPrints(seeded("2**80", "random.random()"), "0.25118542776082864");
    assertPrints(
      seeded(
        "0",
        "random.normalvariate(0, 1)",
        "random.expovariate(2)",
        "random.triangular()",
        "random.choices([1, 2, 3], weights=[1, 2, 3], k=5)",
        "random.randrange(0, 100, 7)",
      ),
      "-0.18386822109325826",
      "0.35797737488357534",
      "0.44996340820694203",
      "[3, 2, 2, 3, 3]",
      "56",
    );
    assertPrints(
      "import random\nrandom.seed(3)\nx = list(range(8))\nrandom.shuffle(x)\nprint(x)",
      "[0, 5, 7, 2, 1, 6, 4, 3]",
    );
    assertPrints(
      "import random\nr = random.Random(5)\nprint(r.random(), r.sample(range(10**6), 2))",
      "0.6229016948897019 [777820, 375951]",
    );
  });
});

describe("kernel: math", () => {
  it("gives glibc's digits", () => {
    assertGives("math", "sqrt(2)", "1.4142135623730951");
    assertGives("math", "exp(1.5)", "4.4816890703380645");
    assertGives("math", "exp(-0.1)", "0.9048374180359595");
    assertGives("math", "log(10)", "2.302585092994046");
    assertGives("math", "log(8, 2)", "3.0");
    assertGives("math", "log2(3)", "1.584962500721156");
    assertGives("math", "log10(2)", "0.3010299956639812");
    assertGives("math", "log(10**400)", "921.0340371976182");
    assertGives("math", "sin(2)", "0.9092974268256817");
    assertGives("math", "cos(3)", "-0.9899924966004454");
    assertGives("math", "tan(1)", "1.5574077246549023");
    assertGives("math", "asin(0.3)", "0.3046926540153975");
    assertGives("math", "acos(0.3)", "1.2661036727794992");
    assertGives("math", "atan(2)", "1.1071487177940904");
    assertGives("math", "atan2(-1, -1)", "-2.356194490192345");
    assertGives("math", "sinh(1.5)", "2.1292794550948173");
    assertGives("math", "cosh(1.5)", "2.352409615243247");
    assertGives("math", "tanh(0.3)", "0.2913126124515909");
    assertGives("math", "asinh(2.5)", "1.6472311463710958");
    assertGives("math", "acosh(2.5)", "1.566799236972411");
    assertGives("math", "atanh(0.5)", "0.5493061443340548");
    assertGives("math", "log1p(0.3)", "0.26236426446749106");
    assertGives("math", "expm1(0.3)", "0.3498588075760031");
    assertGives("math", "pow(2, 0.3)", "1.2311444133449163");
    assertGives("math", "erf(0.5)", "0.5204998778130465");
    assertGives("math", "hypot(3, 4)", "5.0");
    assertGives("math", "degrees(1)", "57.29577951308232");
    assertGives("math", "factorial(20)", "2432902008176640000");
    assertGives("math", "gcd(12, 18)", "6");
    assertGives("math", "lcm(4, 6)", "12");
    assertGives("math", "comb(10, 3)", "120");
    assertGives("math", "comb(2, 5)", "0");
    assertGives("math", "perm(5, 2)", "20");
    assertGives("math", "floor(-1.5)", "-2");
    assertGives("math", "ceil(-1.5)", "-1");
    assertGives("math", "trunc(-1.5)", "-1");
    assertGives("math", "isqrt(10**20)", "10000000000");
    assertGives("math", "fsum([0.1] * 10)", "1.0");
    assertGives("math", "prod([2, 3, 4])", "24");
    assertGives("math", "isclose(0.1 + 0.2, 0.3)", "True");
    assertGives("math", "copysign(1, -0.0)", "-1.0");
    assertGives("math", "frexp(8.5)", "(0.53125, 4)");
    assertGives("math", "ldexp(0.5, 4)", "8.0");
    assertGives("math", "modf(-1.25)", "(-0.25, -1.0)");
    assertGives("math", "fmod(-7, 3)", "-1.0");
    assertGives("math", "remainder(7, 4)", "-1.0");
    assertGives("math", "ulp(1.0)", "2.220446049250313e-16");
    assertGives("math", "nextafter(1.0, 2.0)", "1.0000000000000002");
    assertGives("math", "isnan(math.nan)", "True");
    assertGives("math", "inf", "inf");
    assertGives("math", "gamma(5)", "24.0");
    assertGives("math", "dist([0, 0], [3, 4])", "5.0");
  });

  it("raises CPython's errors", () => {
    const raises = (expression: string, expected: string) =>
      assertPrints(
        `import math\ntry:\n    ${expression}\nexcept Exception as e:\n    print(type(e).__name__, e)`,
        expected,
      );
    raises("math.sqrt(-1)", "ValueError math domain error");
    raises("math.log(0)", "ValueError math domain error");
    raises("math.exp(1000)", "OverflowError math range error");
    raises("math.factorial(-1)", "ValueError factorial() not defined for negative values");
    raises("math.sqrt('a')", "TypeError must be real number, not str");
    raises("math.floor(float('inf'))", "OverflowError cannot convert float infinity to integer");
  });
});

describe("kernel: itertools, functools, operator", () => {
  it("gives CPython's values", () => {
    assertGives("itertools", "list(islice(count(2, 3), 3))", "[2, 5, 8]");
    assertGives("itertools", "list(accumulate([1, 2, 3]))", "[1, 3, 6]");
    assertGives(
      "itertools",
      "list(accumulate([1, 2, 3], lambda a, b: a * b, initial=2))",
      "[2, 2, 4, 12]",
    );
    assertGives("itertools", 'list(chain([1], "ab"))', "[1, 'a', 'b']");
    assertGives("itertools", "list(chain.from_iterable([[1], [2]]))", "[1, 2]");
    assertGives(
      "itertools",
      'list(product("ab", [1, 2]))',
      "[('a', 1), ('a', 2), ('b', 1), ('b', 2)]",
    );
    assertGives("itertools", "list(product([0, 1], repeat=2))", "[(0, 0), (0, 1), (1, 0), (1, 1)]");
    assertGives(
      "itertools",
      "list(permutations([1, 2, 3], 2))",
      "[(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]",
    );
    assertGives(
      "itertools",
      'list(combinations("abc", 2))',
      "[('a', 'b'), ('a', 'c'), ('b', 'c')]",
    );
    assertGives(
      "itertools",
      'list(combinations_with_replacement("ab", 2))',
      "[('a', 'a'), ('a', 'b'), ('b', 'b')]",
    );
    assertGives("itertools", "list(takewhile(lambda v: v < 2, [1, 2, 1]))", "[1]");
    assertGives("itertools", "list(dropwhile(lambda v: v < 2, [1, 2, 1]))", "[2, 1]");
    assertGives("itertools", "list(filterfalse(lambda v: v % 2, range(4)))", "[0, 2]");
    assertGives(
      "itertools",
      'list(zip_longest([1, 2], "a", fillvalue="-"))',
      "[(1, 'a'), (2, '-')]",
    );
    assertGives("itertools", "list(pairwise([1, 2, 3]))", "[(1, 2), (2, 3)]");
    assertGives("itertools", "list(starmap(pow, [(2, 3), (3, 2)]))", "[8, 9]");
    assertGives("itertools", 'list(compress("abc", [1, 0, 1]))', "['a', 'c']");
    assertGives(
      "itertools",
      '[(k, list(g)) for k, g in groupby("aabb")]',
      "[('a', ['a', 'a']), ('b', ['b', 'b'])]",
    );
    assertGives("itertools", 'list(islice(cycle("ab"), 3))', "['a', 'b', 'a']");
    assertGives("itertools", "list(repeat(7, 2))", "[7, 7]");
    assertGives("itertools", "list(islice(range(10), 2, 9, 3))", "[2, 5, 8]");
    assertGives("itertools", "[list(t) for t in tee([1, 2])]", "[[1, 2], [1, 2]]");
    assertGives("functools", "reduce(lambda a, b: a * b, [1, 2, 3])", "6");
    assertGives("functools", "reduce(lambda a, b: a + b, [], 5)", "5");
    assertGives("functools", 'partial(int, base=2)("101")', "5");
    assertGives("functools", "partial(pow, 2)(5)", "32");
    assertGives("functools", 'partial(print, 1, sep="-").keywords', "{'sep': '-'}");
    assertGives("operator", "itemgetter(1)([5, 6])", "6");
    assertGives("operator", 'itemgetter(0, 2)("abc")', "('a', 'c')");
    assertGives("operator", 'attrgetter("real")(3)', "3");
    assertGives("operator", "mul(3, 4)", "12");
    assertGives("operator", "lt(1, 2)", "True");
    assertGives("operator", "neg(3)", "-3");
    assertGives("operator", 'methodcaller("split", ",")("a,b")', "['a', 'b']");
  });
});

describe("kernel: warnings", () => {
  it("are shown on standard error, filtered or recorded", () => {
    assertPrints(
      "import warnings\nwith warnings.catch_warnings(record=True) as w:\n    warnings.warn('careful')\nprint(len(w), w[0].category.__name__, w[0].message)",
      "1 UserWarning careful",
    );
    assertPrints(
      "import warnings\nwarnings.filterwarnings('ignore')\nwarnings.warn('x')\nprint('quiet')",
      "quiet",
    );
  });
});

describe("kernel: copy", () => {
  it("copies layers with their weights", () => {
    assertPrints(
      `import copy, keras, numpy as np
bn = keras.layers.BatchNormalization(momentum=0.5, name="bn")
x = np.arange(6, dtype="float32").reshape(3, 2)
bn(x, training=True)
twin = copy.deepcopy(bn)
print(twin is bn, twin.name, np.array_equal(twin.moving_mean, bn.moving_mean))
bn(x + 1, training=True)
print(np.array_equal(twin.moving_mean, bn.moving_mean))`,
      "False bn True",
      "False",
    );
  });
});
