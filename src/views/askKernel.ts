/**
 * @file Questions out and answers in, over a channel that carries messages.
 */
import type { ViewAnswer, ViewQuestion } from "../shared/protocol.ts";
import type { Answer, Question } from "../shared/questions.ts";

export interface Asker {
  ask(question: Question): Promise<Answer>;
  /** Takes a message from the other side; what is no answer is left alone. */
  receive(message: unknown): void;
}

export function asker(post: (question: ViewQuestion) => void): Asker {
  const waiting = new Map<number, (answer: Answer) => void>();
  // Many outputs share one channel: numbers of their own keep their answers apart.
  let last = Math.floor(Math.random() * 2 ** 40);
  return {
    ask(question) {
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        post({ kind: "ask", id, question });
      });
    },
    receive(message) {
      const { kind, id, answer } = (message ?? {}) as Partial<ViewAnswer>;
      if (kind !== "answer" || id === undefined || !answer) return;
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
