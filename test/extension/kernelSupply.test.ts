import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { KernelClient } from "../../src/extension/kernelClient.ts";
import { KernelSupply } from "../../src/extension/kernelSupply.ts";

/** Stands for a thread: all that the supply looks at. */
class Thread {
  alive = true;
  dispose(): void {
    this.alive = false;
  }
}

describe("a supply of kernels", () => {
  let started: Thread[] = [];
  let supply: KernelSupply;
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  beforeEach(() => {
    started = [];
    supply = new KernelSupply(() => {
      started.push(new Thread());
      return started.at(-1) as unknown as KernelClient;
    });
  });
  afterEach(() => supply.dispose());

  it("starts nothing before it is asked to", async () => {
    await turn();
    equal(started.length, 0);
  });

  it("gives what was started ahead", async () => {
    supply.prepare();
    supply.prepare();
    await turn();
    equal(started.length, 1);
    equal(supply.take(), started[0] as unknown);
    equal(started.length, 1);
  });

  it("gives a kernel at once where none was started ahead", () => {
    const [first, second] = [supply.take(), supply.take()];
    notEqual(first, second);
    equal(started.length, 2);
  });

  it("does not give one that has ended meanwhile", async () => {
    supply.prepare();
    await turn();
    started[0]!.dispose();
    equal(supply.take(), started[1] as unknown);
  });

  it("gives up what was started with other settings", async () => {
    supply.prepare();
    await turn();
    supply.renew();
    supply.take();
    deepEqual(
      started.map(({ alive }) => alive),
      [false, true],
    );
  });

  it("ends the one that nobody has taken, and no other", async () => {
    supply.prepare();
    await turn();
    supply.take();
    supply.prepare();
    supply.dispose();
    await turn();
    equal(started.length, 1);
    equal(started[0]!.alive, true);
  });
});
