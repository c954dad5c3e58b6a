import Failures
import Languages

/// Harmless values for parameters that a construction insists on and that no evidence shows.
enum StandIn {
  /// The value for a type's name; `nil` for types that have no harmless value.
  static func value(for type: String) -> Expression? {
    let plain = type.lastComponent.trimmingPrefix("Optional")
    switch String(plain).lowercased() {
    case "str", "string", "text": return .value(.string(""))
    case "int", "integer": return .value(.integer("0"))
    case "float", "double": return .value(.float(0))
    case "bool": return .value(.bool(false))
    case "bytes": return .value(.bytes([], mutable: false))
    case "list", "sequence", "iterable", "collection": return .value(.list([]))
    case "dict", "mapping", "mutablemapping": return .value(.map([]))
    case "tuple": return .value(.tuple([]))
    case "set": return .value(.set([], frozen: false))
    case "binaryio", "bytesio", "rawiobase", "bufferediobase":
      return .call(.symbol(Symbol(module: "io", path: ["BytesIO"])), [])
    case "textio", "stringio", "textiobase":
      return .call(.symbol(Symbol(module: "io", path: ["StringIO"])), [])
    default: return nil
    }
  }
}

extension TypeDescription {
  /// A type outside the repository that an event may have built: it holds state and does nothing else.
  var isHarmless: Bool {
    [
      "io.BytesIO", "io.StringIO", "_io.BytesIO", "_io.StringIO", "builtins.object",
      "threading.Lock",
    ]
    .contains { lineage.first == $0 || symbol.entry == $0.replacing(".", with: ":") }
  }
}
