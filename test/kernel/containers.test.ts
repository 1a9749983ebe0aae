/** @file Lists, tuples, dicts, sets, ranges and what runs over them, with what CPython 3.11 and 3.12 print for each. */
import { assertPrints, assertRaises, assertRepr } from "./assertions.ts";

describe("kernel: lists, tuples, dicts, sets, ranges and what runs over them", () => {
  it("gives CPython's values", () => {
    assertRepr("[1,2,3][::-1]", "[3, 2, 1]");
    assertRepr("[1,2,3][5:]", "[]");
    assertRepr("[1,2,3][-2:]", "[2, 3]");
    assertRepr("[1,2,3,4,5][4:0:-2]", "[5, 3]");
    assertRepr("[1,2,3][:-1]", "[1, 2]");
    assertRepr("list(range(10))[slice(2,8,3)]", "[2, 5]");
    assertRepr("{1,2} | {3}", "{1, 2, 3}");
    assertRepr("{1,2,3} & {2,3,4}", "{2, 3}");
    assertRepr("{1,2} - {1}", "{2}");
    assertRepr("{1,2} ^ {2,3}", "{1, 3}");
    assertRepr("{1,2} <= {1,2,3}", "True");
    assertRepr("{1} < {1}", "False");
    assertRepr("set()", "set()");
    assertRepr("frozenset([1,2])", "frozenset({1, 2})");
    assertRepr("frozenset()", "frozenset()");
    assertRepr("[1,2] < [1,3]", "True");
    assertRepr("[1,2] < [1,2,3]", "True");
    assertRepr("(1,) == (1.0,)", "True");
    assertRepr("[1] == (1,)", "False");
    assertRepr("'a' < 'b'", "True");
    assertRepr("'Z' < 'a'", "True");
    assertRepr("sorted([3,1,2])", "[1, 2, 3]");
    assertRepr("sorted('bca')", "['a', 'b', 'c']");
    assertRepr("sorted([3,1,2], reverse=True)", "[3, 2, 1]");
    assertRepr("sorted(['b','A','c'], key=str.lower)", "['A', 'b', 'c']");
    assertRepr("sorted({'b':1,'a':2})", "['a', 'b']");
    assertRepr("sorted([(1,'b'),(1,'a')])", "[(1, 'a'), (1, 'b')]");
    assertRepr("sum([1,2,3])", "6");
    assertRepr("sum([0.5,0.25])", "0.75");
    assertRepr("sum([[1],[2]], [])", "[1, 2]");
    assertRepr("sum([], 5)", "5");
    assertRepr("sum([True, True])", "2");
    assertRepr("sum([1, 2.5])", "3.5");
    assertRepr("any([0,1])", "True");
    assertRepr("any([])", "False");
    assertRepr("all([])", "True");
    assertRepr("all([1,0])", "False");
    assertRepr("next(iter([]), 'd')", "'d'");
    assertRepr("[1,2,3].pop()", "3");
    assertRepr("[1,2,3].pop(0)", "1");
    assertRepr("[1,2].index(2)", "1");
    assertRepr("[1,1].count(1)", "2");
    assertRepr("[3,1].copy()", "[3, 1]");
    assertRepr("{'a':1}.get('a')", "1");
    assertRepr("{'a':1}.get('b')", "None");
    assertRepr("{'a':1}.get('b',0)", "0");
    assertRepr("{'a':None}.get('a', 5)", "None");
    assertRepr("list({'a':1}.keys())", "['a']");
    assertRepr("list({'a':1}.values())", "[1]");
    assertRepr("list({'a':1}.items())", "[('a', 1)]");
    assertRepr("{'a':1}.pop('a')", "1");
    assertRepr("{'a':1}.setdefault('b',2)", "2");
    assertRepr("{'a':1}|{'b':2}", "{'a': 1, 'b': 2}");
    assertRepr("dict(a=1)", "{'a': 1}");
    assertRepr("dict([('a',1)])", "{'a': 1}");
    assertRepr("dict({'a':1}, b=2)", "{'a': 1, 'b': 2}");
    assertRepr("dict.fromkeys('ab', 0)", "{'a': 0, 'b': 0}");
    assertRepr("{'a':1}.keys()", "dict_keys(['a'])");
    assertRepr("{'a':1}.values()", "dict_values([1])");
    assertRepr("{'a':1}.items()", "dict_items([('a', 1)])");
    assertRepr("{}.keys()", "dict_keys([])");
    assertRepr("{'a':1}.keys() & {'a'}", "{'a'}");
    assertRepr("{'a':1} == {'a':1.0}", "True");
    assertRepr("{**{'a':1}, 'b':2}", "{'a': 1, 'b': 2}");
    assertRepr("[*range(3), *'ab']", "[0, 1, 2, 'a', 'b']");
    assertRepr("{*[1,2]}", "{1, 2}");
    assertRepr("(*[1],)", "(1,)");
    assertRepr("[i for i in range(5) if i%2]", "[1, 3]");
    assertRepr("{i: i*i for i in range(3)}", "{0: 0, 1: 1, 2: 4}");
    assertRepr("{i%2 for i in range(5)}", "{0, 1}");
    assertRepr("[(i,j) for i in range(2) for j in range(2)]", "[(0, 0), (0, 1), (1, 0), (1, 1)]");
    assertRepr("sum(i*i for i in range(4))", "14");
    assertRepr("[[j for j in range(i)] for i in range(3)]", "[[], [0], [0, 1]]");
    assertRepr("slice(1,2)", "slice(1, 2, None)");
    assertRepr("slice(None)", "slice(None, None, None)");
    assertRepr("slice(1,10,2).indices(5)", "(1, 5, 2)");
    assertRepr("tuple([1,2])", "(1, 2)");
    assertRepr("tuple('ab')", "('a', 'b')");
    assertRepr("list('ab')", "['a', 'b']");
    assertRepr("list({1:2})", "[1]");
    assertRepr("set([1,1,2])", "{1, 2}");
    assertRepr("tuple()", "()");
    assertRepr("list()", "[]");
    assertRepr("list((1,2))", "[1, 2]");
  });

  it("raises CPython's errors", () => {
    assertRaises("[1,2,3][3]", "IndexError: list index out of range");
    assertRaises("[] * 10**20", "OverflowError: cannot fit 'int' into an index-sized integer");
    assertRaises("'a' * -10**30", "OverflowError: cannot fit 'int' into an index-sized integer");
    assertRaises("[1,2,3]['a']", "TypeError: list indices must be integers or slices, not str");
    assertRaises("[1,2,3][1.0]", "TypeError: list indices must be integers or slices, not float");
    assertRaises("[1,2,3][::0]", "ValueError: slice step cannot be zero");
    assertRaises("(1,2)[2]", "IndexError: tuple index out of range");
    assertRaises("{}['a']", "KeyError: 'a'");
    assertRaises("{}[1.5]", "KeyError: 1.5");
    assertRaises("{'a':1}[('a',)]", "KeyError: ('a',)");
    assertRaises("{[]: 1}", "TypeError: unhashable type: 'list'");
    assertRaises("{{}}", "TypeError: unhashable type: 'dict'");
    assertRaises("[1] + (1,)", 'TypeError: can only concatenate list (not "tuple") to list');
    assertRaises("(1,) + [1]", 'TypeError: can only concatenate tuple (not "list") to tuple');
    assertRaises("[1] * 'a'", "TypeError: can't multiply sequence by non-int of type 'str'");
    assertRaises(
      "[1] < ['a']",
      "TypeError: '<' not supported between instances of 'int' and 'str'",
    );
    assertRaises("{} < {}", "TypeError: '<' not supported between instances of 'dict' and 'dict'");
    assertRaises(
      "sorted([1,'a'])",
      "TypeError: '<' not supported between instances of 'str' and 'int'",
    );
    assertRaises("max()", "TypeError: max expected at least 1 argument, got 0");
    assertRaises("max(1)", "TypeError: 'int' object is not iterable");
    assertRaises("sum(['a'])", "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    assertRaises("sum('abc')", "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
    assertRaises(
      "list(zip([1],[1,2], strict=True))",
      "ValueError: zip() argument 2 is longer than argument 1",
    );
    assertRaises(
      "list(zip([1,2],[1], strict=True))",
      "ValueError: zip() argument 2 is shorter than argument 1",
    );
    assertRaises("range(1,2,0)", "ValueError: range() arg 3 must not be zero");
    assertRaises("range(1.5)", "TypeError: 'float' object cannot be interpreted as an integer");
    assertRaises("range(5)[10]", "IndexError: range object index out of range");
    assertRaises("reversed({1,2})", "TypeError: 'set' object is not reversible");
    assertRaises("reversed(5)", "TypeError: 'int' object is not reversible");
    assertRaises("next(iter([])), 1", "StopIteration: ");
    assertRaises("(1,2).append(3)", "AttributeError: 'tuple' object has no attribute 'append'");
    assertRaises("[].append()", "TypeError: list.append() takes exactly one argument (0 given)");
    assertRaises(
      "[].append(1, 2)",
      "TypeError: list.append() takes exactly one argument (2 given)",
    );
    assertRaises("[].pop()", "IndexError: pop from empty list");
    assertRaises("[1].pop(5)", "IndexError: pop index out of range");
    assertRaises("[1].index(5)", "ValueError: 5 is not in list");
    assertRaises("[1].remove(5)", "ValueError: list.remove(x): x not in list");
    assertRaises("{'a':1}.pop('b')", "KeyError: 'b'");
    assertRaises("{}.popitem()", "KeyError: 'popitem(): dictionary is empty'");
    assertRaises(
      "dict([1])",
      "TypeError: cannot convert dictionary update sequence element #0 to a sequence",
    );
    assertRaises(
      "dict([(1,2,3)])",
      "ValueError: dictionary update sequence element #0 has length 3; 2 is required",
    );
    assertRaises("dict(5)", "TypeError: 'int' object is not iterable");
    assertRaises("[*5]", "TypeError: Value after * must be an iterable, not int");
    assertRaises("{**5}", "TypeError: 'int' object is not a mapping");
    assertRaises("(x for x in 5)", "TypeError: 'int' object is not iterable");
    assertRaises("[absent for x in [1]]", "NameError: name 'absent' is not defined");
    assertRaises("tuple(5)", "TypeError: 'int' object is not iterable");
    assertRaises("list(5)", "TypeError: 'int' object is not iterable");
    assertRaises("set(5)", "TypeError: 'int' object is not iterable");
  });

  it("finds items from both ends and nowhere else", () => {
    assertPrints("x = [1, 2, 3]\nx[-1] = 9\nx[0] += 5\nx[-2] *= 2\nprint(x, x[-3])", "[6, 4, 9] 6");
    assertRaises("[1, 2][2]", "IndexError: list index out of range");
    assertRaises("[1, 2][-3]", "IndexError: list index out of range");
    assertRaises("(1, 2)[2**64]", "IndexError: cannot fit 'int' into an index-sized integer");
    assertRaises("[1][2**53] = 0", "IndexError: list assignment index out of range");
    assertRaises("[][-1] = 0", "IndexError: list assignment index out of range");
    assertRaises("(1,)[0] = 0", "TypeError: 'tuple' object does not support item assignment");
    assertRepr("[7, 8][True]", "8");
  });

  it("looks a method up before its arguments are evaluated", () => {
    assertRaises("(1).append(absent)", "AttributeError: 'int' object has no attribute 'append'");
    assertRaises(
      "frozenset().add(absent)",
      "AttributeError: 'frozenset' object has no attribute 'add'",
    );
    assertRaises("[].append(absent)", "NameError: name 'absent' is not defined");
    assertRaises("{}.get([])", "TypeError: unhashable type: 'list'");
    assertRaises("[].append()", "TypeError: list.append() takes exactly one argument (0 given)");
    assertRaises("{}.get(1, 2, 3)", "TypeError: get expected at most 2 arguments, got 3");
    assertPrints("d = {1: None}\nprint(d.get(1, 5), d.get(2, 5), d.get(2))", "None 5 None");
  });

  it("ends with a MemoryError, not with the process, what cannot fit", () => {
    assertRepr("[] * 10**18", "[]");
    assertRepr("'' * 10**18", "''");
    assertRaises("[1] * 10**18", "MemoryError: ");
    assertRaises("'ab' * 10**18", "MemoryError: ");
    assertRaises("list(range(10**12))", "MemoryError: ");
  });
});
