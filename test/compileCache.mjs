/**
 * @file Keeps modules as Node has read them (types stripped, compiled): the two test processes and
 * the threads and programs that tests start load the same hundreds of modules.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { cache } from "./editor/processes.mjs";

const directory = join(cache, "compiled");
enableCompileCache(directory);
process.env["NODE_COMPILE_CACHE"] = directory;
