import assert from "node:assert/strict";
import type { ViewQuestion } from "../../src/shared/protocol.ts";
import type { Answer, Question } from "../../src/shared/questions.ts";
import { asker } from "../../src/views/askKernel.ts";

describe("asking the kernel", () => {
  const of = { name: "x", dtype: "float32", shape: [4, 2], axis: 1, channel: 0 } as const;
  const question: Question = {
    kind: "histogram",
    of: { ...of, mean: 0, variance: 1 },
    bins: 4,
    range: null,
  };
  const answer = (reason: "noKernel" | "kernelBusy"): Answer => ({ kind: "unanswered", reason });

  it("gives each question its own answer, whatever their order", async () => {
    const posted: ViewQuestion[] = [];
    const kernel = asker((message) => posted.push(message));
    const answers = [kernel.ask(question), kernel.ask(question)];
    assert.deepEqual(posted[0]!.question, question);
    kernel.receive({ kind: "answer", id: posted[1]!.id, answer: answer("kernelBusy") });
    kernel.receive({ kind: "answer", id: posted[0]!.id, answer: answer("noKernel") });
    assert.deepEqual(await Promise.all(answers), [answer("noKernel"), answer("kernelBusy")]);
  });

  it("leaves messages alone that are not its answers", async () => {
    const posted: ViewQuestion[] = [];
    const kernel = asker((message) => posted.push(message));
    const asked = kernel.ask(question);
    const { id } = posted[0]!;
    for (const message of [null, 5, { kind: "show" }, { kind: "answer", id: id + 1, answer: {} }]) {
      kernel.receive(message);
    }
    kernel.receive({ kind: "answer", id, answer: answer("noKernel") });
    assert.deepEqual(await asked, answer("noKernel"));
  });
});
