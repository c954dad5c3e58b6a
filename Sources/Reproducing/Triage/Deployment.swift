import Failures
import Languages

/// What the code was promised and the deployment lacks.
enum Deployment {
  static let rules =
    [Schema.behind] + Modules.rules
    + [
      Settings.environment, Settings.missing, Settings.refusedAtStart, LoadedSettings.rule,
      Settings.file, Settings.rights,
    ]
}
