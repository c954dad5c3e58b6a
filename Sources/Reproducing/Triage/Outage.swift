import Failures
import Languages

/// Other services that did not answer.
enum Outage {
  static let rules = [network, dependency]

  static let network = TriageRule("a network that failed") { scene in
    guard scene.nature == .network, try scene.raised() == nil, try !isProvidedFor(scene) else {
      return nil
    }
    if let fault = certificateFault(scene.exception.message) {
      return Stop(
        .flakyNetwork,
        "The certificate of the other side was rejected \(scene.whereabouts) (`\(scene.typeName)`)"
          + "\(fault)\(via(scene)).",
        remedy: "renew the certificate of the other side, or let the deployment trust it; "
          + "code that does not check it would talk to anybody")
    }
    return Stop(
      .flakyNetwork,
      "The connection that the code needs \(scene.whereabouts) was not made or was lost (`\(scene.typeName)`)\(via(scene)).",
      remedy: "check the name, the route and the other side, then send the work again; "
        + "hiding the failure would report work that was not done")
  }

  static let dependency = TriageRule("a service that did not answer") { scene in
    guard scene.nature == .dependency, try scene.raised() == nil, try !isProvidedFor(scene) else {
      return nil
    }
    return Stop(
      .dependencyDown,
      "The database or service that the code asks \(scene.whereabouts) was down, busy or refused to work "
        + "(`\(scene.typeName)`)\(via(scene)).",
      remedy:
        "bring the service back or give it the capacity or time that it needs; the work can be sent again"
    )
  }

  /// What is wrong with a certificate, where that is what a message is about.
  private static func certificateFault(_ message: String) -> String? {
    guard message.mentions(["certificate_verify_failed", "certificate verify failed"]) else {
      return nil
    }
    let faults = [
      ("has expired", "it has expired"), ("not yet valid", "it is not valid yet"),
      ("self-signed", "it is self-signed"), ("self signed", "it is self-signed"),
      ("local issuer", "its issuer is not trusted"), ("mismatch", "it is for another name"),
      ("not valid for", "it is for another name"), ("revoked", "it was revoked"),
    ]
    return faults.first { message.mentions([$0.0]) }.map { ": \($0.1)" } ?? ""
  }

  /// What an exception says whose message tells of an outage: with it a handler's type shows what it is prepared for.
  static let sample = "timed out"

  /// The packages through which the service was asked.
  private static func via(_ scene: Scene) -> String {
    let packages = scene.below.compactMap { frame -> String? in
      if case .package(let name) = frame.frame.origin { name } else { nil }
    }
    return packages.first.map { ", asked through `\($0)`" } ?? ""
  }

  /// Whether the code around the call is meant to go on without the service, and this outage slipped through:
  /// a handler of the same kind of exception that does not pass it on.
  private static func isProvidedFor(_ scene: Scene) throws -> Bool {
    for index in scene.evidence.repositoryFrames {
      guard let handlers = try scene.standing(index)?.handlers else { continue }
      for handler in handlers where !handler.passesOn {
        let names = handler.types.compactMap(\.spelledName)
        if names.contains(scene.typeName) { continue }
        let isMeant = names.contains { name in
          let nature = scene.session.nature(ExceptionRecord(type: name, message: sample))
          return nature == .network || nature == .dependency
        }
        if isMeant { return true }
      }
    }
    return false
  }
}
