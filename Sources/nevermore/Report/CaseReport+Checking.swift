import Shipping

extension CaseReport {
  /// All that may be printed of it, without what its seconds say.
  var written: [[UInt8]] { [Array(text.utf8), json.bytes()] }
}

extension Shipment {
  /// Names, contents and messages of all that becomes an object of git.
  var written: [[UInt8]] {
    steps.flatMap { step in
      step.files.flatMap { [Array($0.key.utf8), $0.value ?? []] } + [Array(step.message.text.utf8)]
    } + [Array(branch.utf8)]
  }
}
