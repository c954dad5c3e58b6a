import Languages

extension SyntaxNodeReader {
  static let literals = [
    "NoneType": "null", "bool": "bool", "int": "integer", "float": "float", "str": "string",
    "bytes": "bytes", "ellipsis": "ellipsis",
  ]

  /// What Python's syntax calls its nodes, in the shared words. What is missing here is `other`.
  static let kinds: [String: SourceNode.Kind] = [
    "Module": .module, "FunctionDef": .function, "AsyncFunctionDef": .function,
    "ClassDef": .type, "arg": .parameter, "decorator": .decorator, "Import": .importing,
    "ImportFrom": .importing,
    "Assign": .bind, "AnnAssign": .bind, "AugAssign": .update, "Expr": .evaluate,
    "Return": .give, "Raise": .fail, "Assert": .check, "If": .branch, "For": .forEach,
    "AsyncFor": .forEach, "While": .loop, "With": .with, "AsyncWith": .with, "Try": .attempt,
    "ExceptHandler": .handler, "Break": .leave, "Continue": .proceed, "Pass": .pass,
    "Global": .outer, "Nonlocal": .outer,
    "Name": .name, "Constant": .literal, "Attribute": .attribute, "Subscript": .item,
    "Slice": .slice, "Call": .call, "keyword": .argument, "Starred": .spread,
    "spread": .spread, "List": .list, "Tuple": .tuple, "Set": .set, "Dict": .map,
    "entry": .entry, "UnaryOp": .unary, "BinOp": .binary, "Compare": .comparison,
    "BoolOp": .boolean, "IfExp": .conditional, "Lambda": .closure, "ListComp": .comprehension,
    "SetComp": .comprehension, "DictComp": .comprehension, "GeneratorExp": .comprehension,
    "comprehension": .clause, "Await": .awaited, "Yield": .yielded, "YieldFrom": .yielded,
    "JoinedStr": .formatted, "NamedExpr": .assigned,
  ]

  /// What the fields of Python's syntax hold, in the shared words. What is missing here is a `part`.
  static let roles: [String: SourceNode.Role] = [
    "body": .body, "orelse": .otherwise, "handlers": .handlers, "finalbody": .finally,
    "test": .test, "target": .target, "targets": .target, "value": .value, "elt": .value,
    "exc": .value, "subject": .value, "iter": .iterable, "key": .key, "slice": .key,
    "func": .callee, "args": .arguments, "left": .operands, "right": .operands,
    "operand": .operands, "values": .operands, "comparators": .operands, "type": .types,
    "parameters": .parameters, "annotation": .annotation, "returns": .annotation,
    "default": .standard, "decorator_list": .decorators, "bases": .bases, "lower": .from,
    "upper": .to, "step": .by, "msg": .message, "cause": .cause, "generators": .clauses,
  ]
}
