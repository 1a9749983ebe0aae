/** @file Questions that views put to the kernel of a notebook: from its outputs, and from panels. */
import * as vscode from "vscode";
import type { ViewAnswer, ViewQuestion } from "../shared/protocol.ts";
import type { Answer, Question } from "../shared/questions.ts";
import { channelsRenderer } from "./identity.ts";
import { KernelEnded } from "./kernelClient.ts";
import type { Kernels } from "./kernels.ts";

/** The answer of a notebook's kernel, or why there is none. */
export async function answerOf(
  kernels: Kernels,
  notebook: vscode.NotebookDocument | undefined,
  question: Question,
): Promise<Answer> {
  const kernel = notebook && kernels.find(notebook);
  if (!kernel) return { kind: "unanswered", reason: "noKernel" };
  const { client } = kernel;
  // It would have to wait for the cell, and a view that waits looks broken.
  if (client.busy) return { kind: "unanswered", reason: "kernelBusy" };
  try {
    return await client.ask(question);
  } catch (error) {
    if (!(error instanceof KernelEnded)) throw error;
    return { kind: "unanswered", reason: "noKernel" };
  }
}

/** Lets the outputs of notebooks ask; those that nobody answers work from their saved data. */
export function registerViewQuestions(kernels: Kernels): vscode.Disposable {
  const messaging = vscode.notebooks.createRendererMessaging(channelsRenderer);
  return messaging.onDidReceiveMessage(async ({ editor, message }) => {
    const { kind, id, question } = message as ViewQuestion;
    if (kind !== "ask") return;
    const answer: ViewAnswer = {
      kind: "answer",
      id,
      answer: await answerOf(kernels, editor.notebook, question),
    };
    void messaging.postMessage(answer, editor);
  });
}
