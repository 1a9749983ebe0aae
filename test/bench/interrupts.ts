/**
 * @file How long long calls take to stop when they are interrupted, and how soon a kernel is ready
 * again. Not a test, since a busy machine would fail it.
 *
 *     npm run bench:interrupts [-- WORD …]     only calls whose code contains one of the words
 */
import { fileURLToPath } from "node:url";
import { KernelClient, KernelEnded } from "../../src/extension/kernelClient.ts";
import { KernelSupply } from "../../src/extension/kernelSupply.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

const script = fileURLToPath(new URL("../../dist/kernelWorker.js", import.meta.url));

const preparation = `
import math
import numpy as np
import keras
from keras import layers
import bnlab
rng = np.random.default_rng(0)
big = rng.normal(size=20_000_000)
single = big.astype("float32")
whole = (big * 1000).astype("int64")
half = single.astype("float16")
text = "abc " * 20_000_000
numbers = list(range(5_000_000))
words = [str(n) for n in range(2_000_000)]
a = rng.normal(size=(3000, 3000))
b = a.astype("float32")
`;

/** Each takes longer than the pause before its interrupt, on any machine of today. */
const calls = [
  "while True: pass",
  "for i in range(10**12): pass",
  "[i * i for i in range(10**12)]",
  "sum(i for i in range(10**12))",
  "sum(range(10**12))",
  "max(range(10**12))",
  "list(map(str, range(10**12)))",
  "sorted(range(10**7), key=lambda n: -n)",
  "any(n < 0 for n in range(10**12))",
  "-1 in (n for n in range(10**12))",
  "def f(n): return f(n - 1) + f(n - 2) if n > 1 else n\nf(60)",
  "while True: 3 ** 10**8",
  "while True: pow(3, 10**7, 10**100000 + 1)",
  "while True: math.factorial(10**6)",
  "n = 3 ** 10**7\nwhile True: n * n",
  "while True: math.comb(10**6, 5 * 10**5)",
  "while True: ','.join(words)",
  "while True: text.replace('a', 'xyz')",
  "while True: text.split()",
  "while True: sorted(words)",
  "while True: words.count('x')",
  "while True: 'x' in words",
  "while True: [0] * 10_000_000",
  "while True: set(words)",
  "while True: dict(zip(words, numbers))",
  "while True: str(numbers)",
  "while True: numbers == list(numbers)",
  "while True: numbers[::-1]",
  "while True: sum(numbers)",
  "while True: max(numbers)",
  "while True: numbers.index(-1) if -1 in numbers else 0",
  "while True: np.array(numbers)",
  "while True: whole.tolist()",
  "while True: np.sort(big)",
  "while True: np.sort(whole)",
  "while True: np.argsort(big)",
  "while True: np.unique(whole)",
  "while True: np.median(big)",
  "while True: np.percentile(single, [5, 50, 95])",
  "while True: np.exp(big)",
  "while True: np.sin(single)",
  "while True: big ** 1.5",
  "while True: whole // 7",
  "while True: whole ** 2",
  "while True: whole * 1.5",
  "while True: half * half",
  "while True: big + big",
  "while True: np.where(big > 0, big, 0)",
  "while True: big[big > 0]",
  "while True: big[np.argsort(whole[:1_000_000])]",
  "while True: np.nonzero(big > 0)",
  "while True: np.cumsum(whole)",
  "while True: np.cumprod(big)",
  "while True: np.prod(whole)",
  "while True: whole.max()",
  "while True: whole.argmax()",
  "while True: whole.sum()",
  "while True: big.var()",
  "while True: big.reshape(-1, 2).sum(axis=1)",
  "while True: big.reshape(2, -1).T.copy()",
  "while True: half.std()",
  "while True: np.histogram(big, bins=100)",
  "while True: np.histogram(big, bins=np.linspace(-3, 3, 50))",
  "while True: np.bincount(np.abs(whole))",
  "while True: np.digitize(big, [-1, 0, 1])",
  "while True: np.searchsorted(np.sort(big[:1000]), big)",
  "while True: np.interp(big, [-1, 0, 1], [0, 1, 0])",
  "while True: np.concatenate([big, big])",
  "while True: np.repeat(big, 3)",
  "while True: np.tile(big, 3)",
  "while True: np.arange(50_000_000)",
  "while True: np.linspace(0, 1, 20_000_000)",
  "while True: np.indices((4000, 4000))",
  "while True: np.tril(a)",
  "while True: a @ a",
  "while True: b @ b",
  "while True: whole[:9_000_000].reshape(3000, 3000) @ whole[:9_000_000].reshape(3000, 3000)",
  "while True: np.einsum('ij,jk->ik', a, a)",
  "while True: np.einsum('ij,ij->i', a, a)",
  "while True: np.linalg.inv(a)",
  "while True: np.linalg.solve(a, a)",
  "while True: np.linalg.norm(a)",
  "while True: rng.normal(size=30_000_000)",
  "while True: rng.integers(0, 10, 30_000_000)",
  "while True: rng.integers(0, 10**15, 10_000_000)",
  "while True: rng.gamma(2.5, size=10_000_000)",
  "while True: rng.permutation(10_000_000)",
  "while True: rng.shuffle(big)",
  "while True: rng.choice(big, 5_000_000)",
  "while True: np.random.randn(30_000_000)",
  "while True: np.random.binomial(100, 0.4, 5_000_000)",
  "np.set_printoptions(threshold=10**9)\nwhile True: str(big[:5_000_000])",
  "np.set_printoptions(threshold=10**9)\nwhile True: repr(whole[:5_000_000])",
  "layer = layers.BatchNormalization()\nwhile True: layer(single.reshape(-1, 64), training=True)",
  "layer = layers.BatchNormalization(axis=1)\nwhile True: layer(single.reshape(100, 20, -1), training=True)",
  "layer = layers.BatchNormalization(dtype='float64')\nwhile True: layer(big.reshape(-1, 64), training=True)",
  "layer = layers.BatchNormalization()\nmask = np.ones(20_000_000 // 64, bool)\nwhile True: layer(single.reshape(-1, 64), training=True, mask=mask)",
  "layer = layers.BatchNormalization()\nwhile True: bnlab.gradients(layer, single.reshape(-1, 64), single.reshape(-1, 64))",
  "while True: repr(bnlab.stats(big))",
  "while True: repr(bnlab.stats(single.reshape(-1, 64)))",
  "while True: bnlab.stats(big.reshape(-1, 10)).histogram",
  "while True: keras.ops.moments(single.reshape(-1, 64), axes=[0])",
  "while True: single.reshape(-1, 64).mean(axis=0)",
  "while True: np.stack([single] * 4)",
  "while True: print('x' * 100)",
  "import json\nwhile True: json.dumps(numbers)",
  "import json\ntext = json.dumps(numbers)\nwhile True: json.loads(text)",
  "def f():\n    while True: yield 1\nsum(f())",
  "class N:\n    def __init__(self, n): self.n = n\n    def __lt__(self, other): return self.n < other.n\nsorted(N(-n) for n in range(10**7))",
  "while True: np.partition(big, 1000)",
  "while True: np.lexsort((whole, big))",
  "while True: np.isin(whole, whole[:1000])",
  "while True: np.convolve(big, big[:100])",
  "while True: np.diff(whole)",
  "while True: np.gradient(big)",
  "while True: np.unique(big.reshape(-1, 4), axis=0)",
  "while True: np.cov(a)",
  "while True: np.apply_along_axis(sum, 1, a)",
  "while True: np.vectorize(lambda v: v)(big)",
  "while True: rng.multinomial(10, [0.2] * 5, size=1_000_000)",
  "while True: rng.multivariate_normal([0] * 50, np.eye(50), size=100_000)",
  "while True: rng.poisson(3.5, size=10_000_000)",
  "while True: np.pad(a, 500, mode='reflect')",
  "while True: np.roll(big, 3)",
  "while True: np.array_equal(big, big)",
  "n = 3 ** 10**8\nwhile True: n // (n >> 10**7)",
  "n = 3 ** 10**8\nm = 7 ** 10**7\nwhile True: n % m",
  "n = 3 ** 10**7\nwhile True: divmod(n * n, n + 1)",
  "n = 3 ** 10**8\nwhile True: math.isqrt(n)",
  "n = 3 ** 10**7\nwhile True: math.gcd(n, n + 2)",
  "n = 3 ** 10**8\nwhile True: n.bit_count()",
  "n = 3 ** 10**8\nwhile True: hex(n)",
  "n = 3 ** 10**8\nwhile True: n & (n - 1)",
  "n = 3 ** 10**8\nwhile True: hash(n)",
  "n = 3 ** 10**8\nwhile True: n << 1",
  "n = 3 ** 10**7\nwhile True: pow(n, -1, n + 2)",
  "n = 3 ** 10**8\nwhile True: n / (n + 1)",
  "import random\nwhile True: random.sample(range(10**12), 5 * 10**6)",
  "import random\nwhile True: random.shuffle(numbers)",
  "import random\nwhile True: random.choices(numbers, k=10**7)",
  "while True: np.add.at(big, np.abs(whole), 1.0)",
  "while True: np.add.accumulate(whole)",
  "while True: np.add.outer(big[:20000], big[:20000])",
  "while True: np.add.reduceat(big, np.arange(0, 10**7, 3))",
  "while True: np.convolve(big[:200_000], big[:200_000])",
  "while True: np.correlate(big[:200_000], big[:200_000], 'full')",
  "while True: np.linalg.svd(a)",
  "while True: np.linalg.eigh(a @ a.T)",
  "while True: np.linalg.eig(a)",
  "while True: np.linalg.qr(a)",
  "while True: np.linalg.det(a)",
  "while True: np.linalg.cholesky(a @ a.T)",
  "while True: np.linalg.lstsq(a, a)",
  "while True: np.linalg.pinv(a)",
  "while True: np.linalg.matrix_power(a, 50)",
  "while True: np.histogram2d(big, big, bins=50)",
  "while True: np.histogramdd((big[:10**7], big[:10**7], big[:10**7]))",
  "while True: np.put(big, np.abs(whole), 0.0)",
  "while True: np.place(big, whole > 0, [1.0, 2.0])",
  "while True: big.__setitem__(whole > 0, 1.0)",
  "while True: np.choose(np.abs(whole) % 2, [big, big])",
  "while True: np.select([big > 0, big < 0], [big, big])",
  "while True: np.union1d(whole, whole)",
  "while True: np.setdiff1d(whole, whole[:100])",
  "while True: np.intersect1d(big, big)",
  "while True: rng.dirichlet([1.0] * 10, size=2_000_000)",
  "while True: rng.standard_t(3, size=10**7)",
  "while True: rng.binomial(10, 0.3, size=10**7)",
  "while True: rng.hypergeometric(10, 20, 5, size=10**7)",
  "while True: rng.zipf(2.0, size=10**7)",
  "while True: rng.choice(10**7, 10**6, replace=False)",
  "while True: rng.choice(10**6, 10**7, p=np.ones(10**6) / 10**6)",
  "while True: np.random.choice(10**6, 10**7, p=np.ones(10**6) / 10**6)",
  "while True: rng.permuted(a, axis=1)",
  "while True: np.polyval(a.ravel()[:5000], big)",
  "while True: np.polyfit(big, big, 5)",
  "while True: np.vander(big[:10**6], 20)",
  "while True: np.array2string(big, threshold=10**9)",
  "while True: np.array([[n] for n in numbers])",
  "while True: big.tolist()",
  "while True: list(big)",
  "while True: np.nanmedian(a, axis=1)",
  "while True: np.nanquantile(a, 0.3, axis=0)",
  "while True: np.piecewise(big, [big > 0], [1, 2])",
  "while True: np.trapezoid(big)",
  "while True: np.unwrap(big)",
  "while True: np.cross(big[:15*10**6].reshape(-1, 3), big[:15*10**6].reshape(-1, 3))",
  "while True: np.einsum('ijk,jkl->il', big[:8*10**6].reshape(200, 200, 200), big[:8*10**6].reshape(200, 200, 200))",
  "while True: np.einsum('ij,kj,lj->ikl', a[:300], a[:300], a[:300])",
  "while True: np.tensordot(a, a, axes=2)",
  "while True: np.flatnonzero(big)",
  "while True: np.argwhere(big > 0)",
  "while True: keras.ops.softmax(single.reshape(-1, 64))",
  "while True: keras.ops.erf(single)",
  "while True: keras.ops.top_k(single, 5)",
  "while True: keras.random.normal((5000, 5000))",
  "while True: keras.random.shuffle(single)",
  "while True: keras.initializers.Orthogonal()((2000, 2000))",
  "while True: '%s' % numbers",
  "while True: '{:,}'.format(3 ** 8000)",
  "while True: text.count('bc')",
  "while True: text.upper()",
  "while True: text.center(10**8)",
  "while True: text.translate({97: 'xy'})",
  "while True: text.splitlines()",
  "while True: text == text[:-1] + 'x'",
  "while True: 'abcabd' in text",
  "while True: text[::-1]",
  "while True: list(text)",
  "while True: set(numbers) & set(numbers)",
  "while True: frozenset(numbers)",
  "while True: tuple(numbers)",
  "while True: hash(tuple(numbers))",
  "while True: numbers + numbers",
  "while True: numbers.copy().sort(reverse=True)",
  "while True: numbers.copy().insert(0, 1)",
  "while True: numbers.reverse()",
  "while True: list(zip(numbers, numbers))",
  "import itertools\nwhile True: sum(1 for _ in itertools.permutations(range(12)))",
  "import itertools\nlist(itertools.product(range(100), repeat=6))",
  "import itertools\nnext(itertools.dropwhile(lambda x: True, itertools.count()))",
  "import functools\nfunctools.reduce(lambda a, b: a + b, range(10**12))",
  "import time\ntime.sleep(1000)",
  "while True: bnlab.modes(layers.BatchNormalization(), single.reshape(-1, 64))",
  "while True: bnlab.frameworks(single.reshape(-1, 64), layers.BatchNormalization())",
];

const silent = { stream: () => undefined, display: () => undefined, progress: () => undefined };
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function prepared(): Promise<KernelClient> {
  const client = new KernelClient(script, kernelStringsFor("en"));
  const result = await client.execute(preparation, "preparation", silent);
  if (result.status !== "ok") throw new Error(result.error.traceback);
  return client;
}

/** From giving up a kernel to the first result of the next, where one was started ahead. */
async function measureRestarts(): Promise<void> {
  const supply = new KernelSupply(() => new KernelClient(script, kernelStringsFor("en")));
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const old = supply.take();
    await old.execute("1", "cell", silent);
    // The time in which a person looks at what the cell says.
    await pause(2000);
    const asked = performance.now();
    old.dispose();
    const next = supply.take();
    await next.execute("import numpy as np\nnp.arange(3).sum()", "cell", silent);
    times.push(performance.now() - asked);
    next.dispose();
  }
  supply.dispose();
  console.log(
    `\nfrom a restart to the first result: ${times.map((t) => t.toFixed(0)).join(", ")} ms`,
  );
}

const words = process.argv.slice(2);
const chosen = calls.filter((code) => words.length === 0 || words.some((w) => code.includes(w)));
const slow: string[] = [];
let client = await prepared();
for (const code of chosen) {
  let worst = 0;
  let outcome = "";
  for (const wait of [300, 550, 900]) {
    const running = client.execute(code, "cell", silent);
    await pause(wait);
    const asked = performance.now();
    client.interrupt();
    try {
      const result = await running;
      outcome = result.status === "error" ? result.error.message.slice(0, 60) : result.status;
      worst = Math.max(worst, performance.now() - asked);
    } catch (error) {
      if (!(error instanceof KernelEnded)) throw error;
      outcome = error.reason;
      worst = performance.now() - asked;
      client = await prepared();
      break;
    }
  }
  const line = `${worst.toFixed(0).padStart(6)} ms  ${outcome.padEnd(12)} ${code.replaceAll("\n", "; ")}`;
  console.log(line);
  if (worst > 200 || outcome !== "interrupted") slow.push(line);
}
client.dispose();
await measureRestarts();
console.log(`\n${slow.length} of ${chosen.length} took longer than 200 ms or ended otherwise:`);
for (const line of slow) console.log(line);
