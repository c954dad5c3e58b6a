import Languages

/// Failures that no change of the code at their site should answer.
enum Vetoes {
  /// An outage, a setting, a deliberate refusal, a package's own failure: what stops it is not in this code.
  static func forbids(_ template: any Template, at site: CrashSite) -> Bool {
    // Code that raises on purpose has decided; only what it takes the value for can be wrong.
    if isDeliberate(site), !(template is WiderType) { return true }
    return isNoFault(site)
  }

  private static func isNoFault(_ site: CrashSite) -> Bool {
    switch site.nature {
    case .network, .dependency, .schema, .memory, .storage, .descriptors, .clientGone, .cancelled,
      .missingModule, .missingProgram, .missingFile, .permission, .notImplemented, .depth,
      .configuration, .rejectedInput, .excessiveInput, .usage:
      true
    default:
      site.raised.missingVariable != nil
    }
  }

  private static func isDeliberate(_ site: CrashSite) -> Bool {
    (site.depth == 0 || site.nature == .refusal)
      && (site.statement.kind == .fail || site.statement.kind == .check)
  }
}
