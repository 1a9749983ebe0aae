/** A thread that answers nothing and fills its heap, as no cell does that is looked at. */
import { parentPort } from "node:worker_threads";

parentPort!.on("message", () => {
  const kept: number[][] = [];
  for (;;) kept.push([kept.length]);
});
