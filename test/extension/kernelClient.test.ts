import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  type CellListener,
  KernelClient,
  KernelEnded,
  type KernelLimits,
} from "../../src/extension/kernelClient.ts";
import type { CellProgress } from "../../src/shared/protocol.ts";
import { channelReference } from "../../src/shared/questions.ts";
import { kernelStringsFor } from "../../src/shared/strings.ts";

const script = fileURLToPath(new URL("../../src/extension/kernelWorker.ts", import.meta.url));

/** Collects what a cell prints and displays. */
function listener() {
  const heard = { printed: "", displayed: [] as string[] };
  const listening: CellListener = {
    stream: (_, text) => {
      heard.printed += text;
    },
    display: (bundle) => heard.displayed.push(bundle["text/plain"]),
  };
  return { heard, ...listening };
}

/** Resolves when the cell has printed. */
function printing() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, stream: () => resolve(), display: () => undefined };
}

describe("a kernel in its thread", () => {
  let client: KernelClient;
  let shared: KernelClient | null = null;
  /** A thread of the test's own where it has limits; else one that such tests share. */
  const start = (limits?: KernelLimits) => {
    if (!limits && !shared?.alive) shared = new KernelClient(script, kernelStringsFor("en"));
    client = limits ? new KernelClient(script, kernelStringsFor("en"), limits) : shared!;
  };
  afterEach(() => {
    if (client !== shared) client.dispose();
  });
  after(() => shared?.dispose());

  it("runs cells in order, keeping names", async () => {
    start();
    const heard = [listener(), listener()];
    const [first, second] = await Promise.all([
      client.execute("x = 20\nprint('one')", "Cell 1", heard[0]),
      client.execute("print('two')\nx + 1", "Cell 2", heard[1]),
    ]);
    deepEqual([first, second], [{ status: "ok" }, { status: "ok" }]);
    deepEqual(heard[0].heard, { printed: "one\n", displayed: [] });
    deepEqual(heard[1].heard, { printed: "two\n", displayed: ["21"] });
  });

  it("answers what variables there are", async () => {
    start({});
    await client.execute("n = 3", "Cell 1", listener());
    deepEqual(await client.variables(), [
      { name: "n", type: "int", dtype: null, shape: null, hasChannels: false },
    ]);
    equal(await client.channels("n"), null);
    equal(await client.channels("unknown"), null);
  });

  it("answers what a view asks about a tensor", async () => {
    start();
    await client.execute(
      "import numpy as np\nv = np.arange(8.0).reshape(4, 2)",
      "Cell 1",
      listener(),
    );
    const payload = await client.channels("v");
    const of = channelReference(payload!, 1)!;
    deepEqual(await client.ask({ kind: "histogram", of, bins: 2, range: [1, 5] }), {
      kind: "histogram",
      low: 1,
      high: 5,
      counts: [1, 2],
      below: 0,
      above: 1,
    });
  });

  it("hands arrays over to another kernel, small and large", async () => {
    start();
    const code = `import numpy as np
small = np.array([[1, 2], [3, 4]], dtype="int16")[:, ::-1]
large = np.arange(30000, dtype="float32")`;
    await client.execute(code, "Cell 1", listener());
    const packed = [await client.tensor("small"), await client.tensor("large")];
    deepEqual(packed[0]!.shape, [2, 2]);
    equal(await client.tensor("nobody"), null);
    client.dispose();
    start();
    await client.assign("a", packed[0]!);
    await client.assign("b", packed[1]!);
    const heard = listener();
    await client.execute("print(a.dtype, a.tolist(), b.sum(), b.dtype, b[-1])", "Cell 1", heard);
    equal(heard.heard.printed, "int16 [[2, 1], [4, 3]] 4.4998502e+08 float32 29999.0\n");
  });

  it("stops a cell when interrupted, and goes on", async () => {
    start();
    const printed = printing();
    const endless = client.execute("x = 1\nprint('go')\nwhile True: pass", "Cell 1", printed);
    await printed.promise;
    client.interrupt();
    const result = await endless;
    equal(result.status, "interrupted");
    const next = listener();
    await client.execute("x", "Cell 2", next);
    deepEqual(next.heard.displayed, ["1"]);
  });

  it("does not hit the next cell with an interrupt that came too late", async () => {
    start();
    await client.execute("1", "Cell 1", listener());
    client.interrupt();
    deepEqual(await client.execute("for i in range(100): pass", "Cell 2", listener()), {
      status: "ok",
    });
  });

  it("ends a kernel that does not stop in time", async () => {
    start({ patience: 100 });
    const code =
      "while True:\n  try:\n    print('go')\n    while True: pass\n  except BaseException: pass";
    const printed = printing();
    const endless = client.execute(code, "Cell 1", printed);
    await printed.promise;
    client.interrupt();
    await rejects(endless, (error) => {
      ok(error instanceof KernelEnded);
      return error.reason === "unresponsive";
    });
    equal(client.alive, false);
    await rejects(client.variables(), KernelEnded);
  });

  it("says why a cell has no answer when the kernel is stopped", async () => {
    start();
    const endless = client.execute("while True: pass", "Cell 1", listener());
    client.dispose();
    await rejects(endless, (error) => error instanceof KernelEnded && error.reason === "stopped");
  });

  it("refuses a cell more memory before the heap is full, and keeps the variables", async () => {
    start({ heap: 128 });
    const hungry = "y = 1\nx = []\nwhile True: x.append([0] * 1000)";
    const result = await client.execute(hungry, "Cell 1", listener());
    equal(result.status === "error" && result.error.name, "MemoryError");
    const next = listener();
    await client.execute("x = None\n[len([0] * 1000) for i in range(10_000)][y]", "Cell 2", next);
    deepEqual(next.heard.displayed, ["1000"]);
  });

  it("bounds what tensors take together, in NumPy's words", async () => {
    start({ tensors: 64 });
    const code = `import numpy as np
kept = []
try:
    while True: kept.append(np.ones((1000, 1000)))
except MemoryError as error:
    print(error)
print(5 < len(kept) < 12)
kept = None
np.ones((2000, 2000)).shape`;
    const heard = listener();
    deepEqual(await client.execute(code, "Cell 1", heard), { status: "ok" });
    const words =
      "Unable to allocate 7.63 MiB for an array with shape (1000, 1000) and data type float64";
    deepEqual(heard.heard, { printed: `${words}\nTrue\n`, displayed: ["(2000, 2000)"] });
  });

  it("refuses at once what would fill the heap", async () => {
    start({ heap: 256 });
    const code = `refused = 0
for make in (lambda: 2 ** 10**9, lambda: 1 << 10**9, lambda: [0] * 2**24, lambda: "x" * 2**28):
    try: [make(), make(), make()]
    except MemoryError: refused += 1
refused`;
    const heard = listener();
    deepEqual(await client.execute(code, "Cell 1", heard), { status: "ok" });
    deepEqual(heard.heard.displayed, ["4"]);
  });

  it("tells a thread out of memory from other ends", async () => {
    const hungry = fileURLToPath(new URL("hungryWorker.ts", import.meta.url));
    client = new KernelClient(hungry, kernelStringsFor("en"), { heap: 64 });
    await rejects(
      client.execute("1", "Cell 1", listener()),
      (error) => error instanceof KernelEnded && error.reason === "outOfMemory",
    );
  });

  it("tells how far a long cell is: the line, and how much of a calculation is done", async () => {
    start();
    const { promise, resolve } = Promise.withResolvers<CellProgress>();
    const code = "import numpy as np\nx = np.ones(2_000_000)\nwhile True: np.sin(x)";
    const asked = performance.now();
    const endless = client.execute(code, "Cell 1", {
      stream: () => undefined,
      display: () => undefined,
      progress: (progress) => progress.line === 3 && progress.share !== null && resolve(progress),
    });
    const { share } = await promise;
    ok(performance.now() - asked >= 500);
    client.interrupt();
    await endless;
    ok(share! >= 0 && share! < 1);
  });

  it("reports a thread that cannot start", async () => {
    client = new KernelClient(`${script}.missing`, kernelStringsFor("en"));
    await rejects(
      client.variables(),
      (error) => error instanceof KernelEnded && error.reason === "crashed",
    );
  });
});
