/**
 * @file The modules that cells can import, by dotted name.
 */
import type { PythonModule } from "../functions.ts";
import type { Session } from "../session.ts";
import { bnlabModule } from "./bnlab.ts";
import { abstractModule } from "./collections/abstract.ts";
import { collectionsModule } from "./collections/index.ts";
import { abcModule, contextlibModule } from "./contextlib.ts";
import { functoolsModule } from "./functools.ts";
import { ipythonDisplayModule, ipythonModule } from "./ipython.ts";
import { itertoolsModule } from "./itertools.ts";
import { jsonModule } from "./json.ts";
import { kerasModule } from "./keras/index.ts";
import { mathModule } from "./math.ts";
import { numpyModule, numpySubmodule } from "./numpy/index.ts";
import { osModule } from "./os.ts";
import { tqdmModule } from "./progress.ts";
import { randomModule } from "./random.ts";
import { operatorModule, sysModule, warningsModule } from "./system.ts";
import { tensorflowModule, torchModule } from "./tensorflow.ts";
import { timeModule } from "./time.ts";
import { futureModule, typingModule } from "./typing.ts";

/** A module is made at its first import and kept for the session. */
export const moduleFactories: Record<string, (session: Session) => PythonModule> = {
  IPython: ipythonModule,
  "IPython.display": ipythonDisplayModule,
  __future__: futureModule,
  abc: abcModule,
  bnlab: bnlabModule,
  collections: collectionsModule,
  "collections.abc": abstractModule,
  contextlib: contextlibModule,
  functools: functoolsModule,
  itertools: itertoolsModule,
  json: jsonModule,
  keras: kerasModule,
  math: mathModule,
  numpy: numpyModule,
  "numpy.exceptions": numpySubmodule("exceptions"),
  "numpy.linalg": numpySubmodule("linalg"),
  "numpy.random": numpySubmodule("random"),
  "numpy.testing": numpySubmodule("testing"),
  operator: operatorModule,
  os: osModule,
  random: randomModule,
  sys: sysModule,
  tensorflow: tensorflowModule,
  time: timeModule,
  torch: torchModule,
  tqdm: tqdmModule("tqdm"),
  "tqdm.auto": tqdmModule("tqdm.auto"),
  "tqdm.notebook": tqdmModule("tqdm.notebook"),
  typing: typingModule,
  warnings: warningsModule,
};
