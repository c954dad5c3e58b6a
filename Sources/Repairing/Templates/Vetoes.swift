import Languages

/// Failures that no change of the code at their site should answer.
enum Vetoes {
  /// An outage, a setting, a deliberate refusal, a package's own failure: what stops it is not in this code.
  static func forbids(mendingAt site: CrashSite) -> Bool {
    switch site.nature {
    case .network, .dependency, .schema, .memory, .storage, .descriptors, .clientGone, .cancelled,
      .missingModule, .missingProgram, .missingFile, .permission, .notImplemented, .depth,
      .configuration, .rejectedInput, .excessiveInput, .usage:
      true
    default:
      site.raised.missingVariable != nil || isOfPackage(site) || isDeliberate(site)
    }
  }

  /// Raised below the innermost line of the repository, by code that is not the repository's.
  private static func isOfPackage(_ site: CrashSite) -> Bool {
    false
  }

  /// Code that raises on purpose has decided; only the value that it refuses can be wrong.
  private static func isDeliberate(_ site: CrashSite) -> Bool {
    site.depth == 0 && (site.statement.kind == .fail || site.statement.kind == .check)
  }
}
