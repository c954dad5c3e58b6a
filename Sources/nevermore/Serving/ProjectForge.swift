import ArgumentParser
import Foundation
import Storage

/// Where a project's branches and pull requests go: options that `project add` and `project change` have in common.
struct ProjectForge: ParsableArguments {
  @Option(
    help:
      "The forge that pull requests are opened on: github, gitlab, gitea or forgejo; told by the remote's address."
  )
  var forge: String?

  @Option(help: "The forge's own address, as in a browser.")
  var forgeAddress: String?

  @Option(help: "OWNER/NAME on the forge, where the remote does not tell.")
  var forgeRepository: String?

  @Option(help: "The file that holds the forge's token, readable by its owner alone.")
  var tokenFile: String?

  @Flag(
    help: "Push branches to the repository's remote; always done where a token or a URL is given.")
  var push = false

  func validate() throws {
    guard let forge, !["github", "gitlab", "gitea", "forgejo"].contains(forge) else { return }
    throw ValidationError("`\(forge)` is none of github, gitlab, gitea and forgejo")
  }

  func changed(_ settings: ProjectSettings) -> ProjectSettings {
    var settings = settings
    if let forge { settings.forge = forge }
    if let forgeAddress { settings.forgeAddress = forgeAddress }
    if let forgeRepository { settings.forgeRepository = forgeRepository }
    if let tokenFile { settings.tokenFile = URL(fileURLWithPath: tokenFile).path }
    if push || tokenFile != nil { settings.pushes = true }
    return settings
  }
}
