/**
 * @file `sys`.
 */
import { PyDict, PyList, PyTuple } from "../containers.ts";
import { exceptionClasses, PyException } from "../errors.ts";
import { builtin, PythonModule } from "../functions.ts";
import type { Value } from "../objects.ts";
import { getAttribute } from "../operations.ts";
import type { Session } from "../session.ts";
import { OutputStream } from "../streams.ts";
import { StructSequence, sequenceKind } from "../types/structSequences.ts";

/** The language that cells are written in. */
const version = [3, 11, 7] as const;

const versionInfo = sequenceKind("sys", "version_info", [
  "major",
  "minor",
  "micro",
  "releaselevel",
  "serial",
]);

const floatInfo = sequenceKind("sys", "float_info", [
  "max",
  "max_exp",
  "max_10_exp",
  "min",
  "min_exp",
  "min_10_exp",
  "dig",
  "mant_dig",
  "epsilon",
  "radix",
  "rounds",
]);

const floatFacts: readonly Value[] = [
  Number.MAX_VALUE,
  1024n,
  308n,
  2 ** -1022,
  -1021n,
  -307n,
  15n,
  53n,
  Number.EPSILON,
  2n,
  1n,
];

export function sysModule(session: Session): PythonModule {
  const { host } = session;
  const stdout = new OutputStream("stdout", host);
  const stderr = new OutputStream("stderr", host);
  return new PythonModule(
    "sys",
    {
      version: `${version.join(".")} (BatchNorm Lab)`,
      version_info: new StructSequence(versionInfo, [...version.map(BigInt), "final", 0n]),
      float_info: new StructSequence(floatInfo, floatFacts),
      maxsize: 2n ** 63n - 1n,
      byteorder: "little",
      executable: "",
      modules: new PyDict(),
      platform: "linux",
      argv: new PyList([""]),
      path: new PyList(),
      stdout,
      stderr,
      __stdout__: stdout,
      __stderr__: stderr,
      exc_info: builtin("exc_info()", () => {
        const { handled } = session;
        if (!handled) return new PyTuple([null, null, null]);
        const traceback = getAttribute(handled, "__traceback__");
        return new PyTuple([handled.class, handled, traceback]);
      }),
      exit: builtin("exit(status=None, /)", ({ status }) => {
        throw new PyException(exceptionClasses.SystemExit, status === null ? [] : [status!]);
      }),
      getdefaultencoding: builtin("getdefaultencoding()", () => "utf-8"),
      getrecursionlimit: builtin("getrecursionlimit()", () => 1000n),
      intern: builtin("intern(string, /)", ({ string }) => string!),
      setrecursionlimit: builtin("setrecursionlimit(limit, /)", () => null),
    },
    ["stdin", "getsizeof", "getrefcount", "settrace", "setprofile", "_getframe"],
  );
}
