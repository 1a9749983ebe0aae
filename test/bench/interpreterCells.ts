/** @file The loops of `interpreter.ts`: a million steps each, as cells that Python runs as well. */

export const cells: Readonly<Record<string, string>> = {
  "sum of halves": `
s = 0.0
for i in range(10**6):
    s += i * 0.5`,
  "while, integers": `
i = 0
total = 0
while i < 10**6:
    total += i * 3 - 1
    i += 1`,
  "function call": `
def f(x):
    return x + 1
s = 0
for i in range(10**6):
    s = f(s)`,
  "append, index": `
xs = []
for i in range(10**6):
    xs.append(i)
t = 0
for i in range(10**6):
    t += xs[i]`,
  "nested if": `
a = b = c = d = 0
for i in range(10**6):
    if i % 2 == 0:
        if i % 3 == 0:
            a += 1
        else:
            b += 1
    elif i % 5 == 0:
        c += 1
    else:
        d += 1`,
  "local variables": `
def total(n):
    s = 0.0
    for i in range(n):
        s += i * 0.5
    return s
total(10**6)`,
  "built-in calls": `
import math
s = 0.0
for i in range(10**6):
    s += math.sqrt(abs(i))`,
  "64-bit integers": `
x = 1
for i in range(10**6):
    x = (x * 6364136223846793005 + 1442695040888963407) % 2**64`,
  dictionary: `
counts = {}
for i in range(10**6):
    key = i % 100
    counts[key] = counts.get(key, 0) + 1`,
  "list of lists": `
n = 100
a = [[float(i + j) for j in range(n)] for i in range(n)]
c = [[0.0] * n for i in range(n)]
for i in range(n):
    for j in range(n):
        s = 0.0
        for k in range(n):
            s += a[i][k] * a[k][j]
        c[i][j] = s`,
  "zip, enumerate": `
xs = [1.5] * 500000
t = 0.0
for i, x in enumerate(xs):
    t += i * x
for a, b in zip(xs, xs):
    t += a * b`,
  comprehension: `
xs = [i * i for i in range(10**6) if i % 2]`,
  generator: `
t = sum(i * i for i in range(10**6))`,
  recursion: `
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
fib(27)`,
};
