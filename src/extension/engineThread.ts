/** @file A thread that helps the kernel's engine with large tensors. */
import { workerData } from "node:worker_threads";
import { type KernelThreadSetup, runKernelThread } from "../engine/index.ts";

runKernelThread(workerData as KernelThreadSetup);
