/// Which letters may stand for a letter: of the same category, so of the same case, and of the same width in UTF-8.
enum LetterKinship {
  /// The letter itself where there is no other.
  static func relative(of scalar: Unicode.Scalar, draw: UInt16) -> Unicode.Scalar {
    let category = scalar.properties.generalCategory
    guard isLetterOrDigit(category) else { return scalar }
    let block = scalar.value & ~0x3F
    let others = (block..<(block + 64)).compactMap(Unicode.Scalar.init).filter {
      $0 != scalar && $0.properties.generalCategory == category
        && width($0) == width(scalar) && isPaired($0) == isPaired(scalar)
    }
    return others.isEmpty ? scalar : others[Int(draw) % others.count]
  }

  static func isLetterOrDigit(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .decimalNumber: true
    default: false
    }
  }

  static func width(_ scalar: Unicode.Scalar) -> Int { UTF8.width(scalar) }

  /// Whether changing the case keeps the width, and so everything behind it in place.
  private static func isPaired(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.uppercaseMapping.utf8.count == width(scalar)
      && properties.lowercaseMapping.utf8.count == width(scalar)
  }
}
