import Failures

/// A type's full name, `shop.models.Order.DoesNotExist`, which does not say where the module ends.
public enum QualifiedType {
  /// Names beyond this are no names.
  private static let longest = 300

  /// The module, and the type with the classes and functions around it, as other senders write them: `shop.models` and
  /// `Order.DoesNotExist`.
  ///
  /// A file of the stack may show the module. Else modules are written small, and before `<locals>` stands a function; a
  /// name that begins large, as in `PIL.UnidentifiedImageError`, begins with a module for all that.
  public static func parted(
    _ full: String, frames: [Frame] = []
  ) -> (module: String?, name: String) {
    let parts = full.split(separator: ".")
    guard parts.count > 1, full.utf8.count <= longest else { return (nil, full) }
    let start = shown(by: frames, parts) ?? written(parts)
    let module = parts[..<start].joined(separator: ".")
    let name = parts[start...].joined(separator: ".")
    return (module.isEmpty || module == "builtins" ? nil : module, name)
  }

  private static func shown(by frames: [Frame], _ parts: [Substring]) -> Int? {
    (1..<parts.count).reversed().first { end in
      let path = parts[..<end].joined(separator: "/")
      return frames.contains { frame in
        let file = "/" + frame.file
        return file.hasSuffix("/\(path).py") || file.hasSuffix("/\(path)/__init__.py")
      }
    }
  }

  private static func written(_ parts: [Substring]) -> Int {
    let last = parts.count - 1
    if let locals = parts.firstIndex(of: "<locals>") { return max(0, min(locals - 1, last)) }
    let large = parts.firstIndex { $0.first { $0 != "_" }?.isUppercase == true } ?? last
    return large == 0 ? last : large
  }
}
