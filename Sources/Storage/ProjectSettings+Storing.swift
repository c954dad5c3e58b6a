import Foundation

extension ProjectSettings {
  /// As it was stored: a setting that the release which stored it did not know has its default.
  init?(stored: Data) {
    guard let known = try? JSONEncoder().encode(ProjectSettings()),
      var members = try? JSONSerialization.jsonObject(with: known) as? [String: Any],
      let given = try? JSONSerialization.jsonObject(with: stored) as? [String: Any]
    else { return nil }
    members.merge(given) { $1 }
    guard let merged = try? JSONSerialization.data(withJSONObject: members),
      let settings = try? JSONDecoder().decode(ProjectSettings.self, from: merged)
    else { return nil }
    self = settings
  }
}
