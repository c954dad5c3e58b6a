import Foundation

/// Python source without the insides of its texts and comments: what is left could be run.
enum Literals {
  struct Unreadable: Error { var output: String }

  static func removed(from source: String) throws -> String {
    guard !source.isEmpty else { return "" }
    let folder = try Folder()
    try folder.write(source, to: "source.py")
    let program = """
      import ast, sys
      tree = ast.parse(open(sys.argv[1], encoding="utf-8").read())
      for node in ast.walk(tree):
          if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
              node.value = type(node.value)()
      print(ast.dump(tree))
      """
    let parsed = try Python.run(
      "shop", ["-c", program, "\(folder.path)/source.py"], at: folder.path)
    guard parsed.status == 0 else { throw Unreadable(output: parsed.output) }
    return parsed.output
  }
}
