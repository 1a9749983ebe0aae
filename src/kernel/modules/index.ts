/**
 * @file The modules that cells can import, by dotted name.
 */
import type { PythonModule } from "../functions.ts";
import type { Session } from "../session.ts";
import { argparseModule } from "./argparse.ts";
import { bnlabModule } from "./bnlab.ts";
import { abstractModule } from "./collections/abstract.ts";
import { collectionsModule } from "./collections/index.ts";
import { abcModule, contextlibModule } from "./contextlib.ts";
import { copyModule } from "./copy.ts";
import { dataclassesModule } from "./dataclasses/index.ts";
import { datetimeModule } from "./dates/index.ts";
import { enumModule } from "./enumerations.ts";
import { fractionsModule } from "./fractions.ts";
import { functoolsModule } from "./functools.ts";
import { inspectModule } from "./inspect.ts";
import { ioModule } from "./io.ts";
import { ipythonDisplayModule, ipythonModule } from "./ipython.ts";
import { itertoolsModule } from "./itertools.ts";
import { jsonModule } from "./json.ts";
import { kerasModule } from "./keras/index.ts";
import { loggingModule } from "./logging.ts";
import { mathModule } from "./math.ts";
import { numpyModule, numpySubmodule } from "./numpy/index.ts";
import { operatorModule } from "./operator.ts";
import { osModule, osPathModule } from "./os.ts";
import { pathlibModule } from "./paths.ts";
import { pprintModule } from "./prettyPrinting.ts";
import { tqdmModule } from "./progress.ts";
import { bisectModule, heapqModule } from "./queues.ts";
import { randomModule } from "./random.ts";
import { reModule } from "./regular/index.ts";
import { gcModule, numbersModule, platformModule, timeitModule, typesModule } from "./small.ts";
import { statisticsModule } from "./statistics.ts";
import { sysModule } from "./system.ts";
import { tensorflowModule, torchModule } from "./tensorflow.ts";
import { stringModule, textwrapModule } from "./texts.ts";
import { timeModule } from "./time.ts";
import { tracebackModule } from "./tracebacks.ts";
import { futureModule, typingModule } from "./typing.ts";
import { warningsModule } from "./warnings.ts";

/** A module is made at its first import and kept for the session. */
export const moduleFactories: Record<string, (session: Session) => PythonModule> = {
  IPython: ipythonModule,
  "IPython.display": ipythonDisplayModule,
  __future__: futureModule,
  abc: abcModule,
  argparse: argparseModule,
  bisect: bisectModule,
  bnlab: bnlabModule,
  collections: collectionsModule,
  "collections.abc": abstractModule,
  contextlib: contextlibModule,
  copy: copyModule,
  dataclasses: dataclassesModule,
  datetime: datetimeModule,
  enum: enumModule,
  functools: functoolsModule,
  fractions: fractionsModule,
  gc: gcModule,
  heapq: heapqModule,
  inspect: inspectModule,
  io: ioModule,
  itertools: itertoolsModule,
  json: jsonModule,
  keras: kerasModule,
  logging: loggingModule,
  math: mathModule,
  numpy: numpyModule,
  "numpy.exceptions": numpySubmodule("exceptions"),
  "numpy.linalg": numpySubmodule("linalg"),
  "numpy.random": numpySubmodule("random"),
  "numpy.testing": numpySubmodule("testing"),
  numbers: numbersModule,
  operator: operatorModule,
  os: osModule,
  "os.path": osPathModule,
  pathlib: pathlibModule,
  platform: platformModule,
  pprint: pprintModule,
  random: randomModule,
  re: reModule,
  statistics: statisticsModule,
  string: stringModule,
  sys: sysModule,
  tensorflow: tensorflowModule,
  textwrap: textwrapModule,
  time: timeModule,
  timeit: timeitModule,
  torch: torchModule,
  traceback: tracebackModule,
  tqdm: tqdmModule("tqdm"),
  "tqdm.auto": tqdmModule("tqdm.auto"),
  "tqdm.notebook": tqdmModule("tqdm.notebook"),
  types: typesModule,
  typing: typingModule,
  warnings: warningsModule,
};
