"""The operations of cases.ts in NumPy or PyTorch.

Run as `pythonPeer.py numpy` or `pythonPeer.py torch THREADS`. Prints its library's version, then
answers each request, a JSON text per line, by a JSON text per line.
"""

import json
import sys
import time

import numpy as np

BINS = 64
EPSILON = 1e-3
PROBED = 64


class NumPy:
    version = f"NumPy {np.__version__}"

    def __init__(self, request, x, upstream):
        self.x = x
        self.upstream = upstream
        axis = request["axis"] % x.ndim
        self.axis = axis
        self.axes = tuple(i for i in range(x.ndim) if i != axis)
        shape = [n if i == axis else 1 for i, n in enumerate(x.shape)]
        self.gamma = np.ones(shape, "float32")
        self.beta = np.zeros(shape, "float32")
        self.mean = np.array(request["mean"], "float32").reshape(shape)
        self.variance = np.array(request["variance"], "float32").reshape(shape)

    def moments(self):
        return self.x.mean(axis=self.axes, keepdims=True), self.x.var(axis=self.axes, keepdims=True)

    def inference(self):
        return self.normalize(self.mean, self.variance)

    def normalize(self, mean, variance):
        scale = self.gamma / np.sqrt(variance + np.float32(EPSILON))
        y = self.x * scale
        y += self.beta - mean * scale
        return y

    def training_forward(self):
        return self.normalize(*self.moments())

    def forward_backward(self):
        """The gradient by hand, with as few passes and arrays as plain NumPy needs."""
        mean, variance = self.moments()
        inverse = 1 / np.sqrt(variance + np.float32(EPSILON))
        normalized = self.x - mean
        normalized *= inverse
        y = normalized * self.gamma
        y += self.beta
        count = np.float32(self.x.size / self.gamma.size)
        beta = self.upstream.sum(axis=self.axes, keepdims=True)
        gamma = (self.upstream * normalized).sum(axis=self.axes, keepdims=True)
        normalized *= gamma / count
        slopes = self.upstream - normalized
        slopes -= beta / count
        slopes *= self.gamma * inverse
        return slopes, y, gamma, beta

    def histograms(self):
        channels = np.moveaxis(self.x, self.axis, 0)
        return [np.histogram(channel, bins=BINS)[0] for channel in channels]

    def results(self, operation):
        result = getattr(self, operation)()
        if operation == "moments":
            return result[1].ravel().tolist()
        if operation == "histograms":
            return result[0].tolist()
        first = result[0] if operation == "forward_backward" else result
        return first.ravel()[:PROBED].tolist()


def pytorch(threads):
    import torch
    from torch.nn import functional

    torch.set_num_threads(threads)

    class PyTorch:
        version = f"PyTorch {torch.__version__}"

        def __init__(self, request, x, upstream):
            # A channels-last array becomes a channels-first view with channels-last strides.
            self.last = request["axis"] == -1 and x.ndim == 4
            self.x = self.channels_first(torch.from_numpy(x))
            self.upstream = self.channels_first(torch.from_numpy(upstream))
            channels = self.x.shape[1]
            self.axes = [i for i in range(self.x.ndim) if i != 1]
            self.gamma = torch.ones(channels)
            self.beta = torch.zeros(channels)
            self.mean = torch.tensor(request["mean"], dtype=torch.float32)
            self.variance = torch.tensor(request["variance"], dtype=torch.float32)
            # For training calls to move.
            self.moving = torch.zeros(channels), torch.ones(channels)

        def channels_first(self, x):
            return x.permute(0, 3, 1, 2) if self.last else x

        def moments(self):
            return torch.var_mean(self.x, dim=self.axes, unbiased=False)

        def inference(self):
            return functional.batch_norm(
                self.x, self.mean, self.variance, self.gamma, self.beta, training=False, eps=EPSILON
            )

        def training_forward(self):
            return functional.batch_norm(
                self.x, *self.moving, self.gamma, self.beta, training=True, momentum=0.01, eps=EPSILON
            )

        def forward_backward(self):
            inputs = [t.detach().requires_grad_() for t in (self.x, self.gamma, self.beta)]
            with torch.enable_grad():
                x, gamma, beta = inputs
                y = functional.batch_norm(
                    x, *self.moving, gamma, beta, training=True, momentum=0.01, eps=EPSILON
                )
                return torch.autograd.grad(y, inputs, self.upstream)

        def histograms(self):
            return [torch.histc(channel, bins=BINS) for channel in self.x.transpose(0, 1)]

        def results(self, operation):
            result = getattr(self, operation)()
            if operation in ("moments", "histograms"):
                return result[0].tolist()
            first = result[0] if operation == "forward_backward" else result
            in_order = first.permute(0, 2, 3, 1) if self.last else first
            return in_order.reshape(-1)[:PROBED].tolist()

    torch.set_grad_enabled(False)
    return PyTorch


def main():
    library = NumPy if sys.argv[1] == "numpy" else pytorch(int(sys.argv[2]))
    print(json.dumps({"version": library.version}), flush=True)
    peer, operation = None, None

    def prepare(request):
        nonlocal peer, operation
        values = np.fromfile(request["file"], "float32").reshape(2, *request["shape"])
        # Two arrays of their own, aligned as the libraries align theirs.
        peer = library(request, values[0].copy(), values[1].copy())
        operation = request["prepare"]
        return {}

    def timed(runs):
        times = []
        run = getattr(peer, operation)
        for _ in range(runs):
            start = time.perf_counter()
            run()
            times.append(1000 * (time.perf_counter() - start))
        return times

    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                answer = prepare(request)
            elif "time" in request:
                answer = {"times": timed(request["time"])}
            elif "results" in request:
                answer = {"results": peer.results(operation)}
            else:
                peer, answer = None, {}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
