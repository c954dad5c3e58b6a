import Failures
import Languages

extension PythonRepository {
  /// pytest's `tmp_path` and `monkeypatch`.
  func surroundings() throws -> Surroundings? {
    guard try style().framework == .pytest else { return nil }
    let text = Expression.symbol(Symbol(module: "builtins", path: ["str"]))
    return Surroundings(
      folder: "tmp_path", changer: "monkeypatch",
      setVariable: { name, value in
        let set = Expression.attribute(.name("monkeypatch"), "setenv")
        return Statement(
          .evaluate(
            .call(
              set, [Argument(.positional, .value(.string(name))), Argument(.positional, value)])))
      },
      setAttribute: { symbol, value in
        let place = ([symbol.module] + symbol.path).joined(separator: ".")
        return PythonReplay.monkeypatch("setattr", .text(place), value)
      },
      folderText: .call(text, [Argument(.positional, .name("tmp_path"))]),
      file: { .binary(.name("tmp_path"), "/", .value(.string($0))) })
  }
}
