/**
 * @file Every kind of job, and its tasks: in any order and in any thread.
 */
import {
  elementTasks,
  runSlopesTask,
  runTransformTask,
  type SlopesJob,
  type TransformJob,
} from "./elements.ts";
import { type FlowJob, runFlowTask } from "./gradients.ts";
import { type CountsJob, runCountsTask } from "./histogram.ts";
import { type MomentsJob, runMomentsTask } from "./moments.ts";
import { taskCount } from "./partition.ts";
import type { Workplace } from "./tiles.ts";

export type Job = CountsJob | FlowJob | MomentsJob | SlopesJob | TransformJob;

export function tasksOf(job: Job): number {
  return job.kind === "transform" || job.kind === "slopes"
    ? elementTasks(job.layout)
    : taskCount(job.partition);
}

export function runTask(job: Job, task: number, place: Workplace): void {
  place.scratch.reset();
  if (job.kind === "moments") runMomentsTask(job, task, place);
  else if (job.kind === "counts") runCountsTask(job, task, place);
  else if (job.kind === "flow") runFlowTask(job, task, place);
  else if (job.kind === "transform") runTransformTask(job, task, place);
  else runSlopesTask(job, task, place);
}
