import Forges
import Storage
import Synchronization

/// The clients of all forges, one a token: they share its budget.
final class ForgeDesk: Sendable {
  private let courier: Courier
  private let clients = Mutex<[String: ForgeClient]>([:])

  init(_ courier: Courier) { self.courier = courier }

  func client(at location: ForgeLocation, token file: String) -> ForgeClient {
    let courier = courier
    let name = "\(file) \(location.kind) \(location.interface) \(location.fullName)"
    return clients.withLock { clients in
      if let client = clients[name] { return client }
      let client = ForgeClient(transport: { request in
        switch await courier.carry(.ask(request, location, token: file)) {
        case .answered(let response): return response
        case .failed(_, uncertain: false): throw ForgeTransportFailure.notDelivered
        default: throw ForgeTransportFailure.unanswered
        }
      })
      clients[name] = client
      return client
    }
  }
}

extension Project {
  /// Where its pull requests are opened; `nil` where it has no token, or its remote is no forge that is known.
  func forge(remote: String) -> ForgeLocation? {
    guard settings.tokenFile != nil else { return nil }
    return try? ForgeLocation(
      remote: remote,
      setting: ForgeSetting(
        kind: settings.forge.flatMap(ForgeKind.init(rawValue:)), address: settings.forgeAddress,
        repository: settings.forgeRepository))
  }
}
