import Crypto
import Foundation
import Mustache

/// The pages' texts, as files of this folder.
enum Templates {
  static let sources: [(name: String, text: [UInt8])] = [
    ("layout", PackageResources.layout_mustache),
    ("moment", PackageResources.moment_mustache),
    ("state", PackageResources.state_mustache),
    ("now", PackageResources.now_mustache),
    ("failures", PackageResources.failures_mustache),
    ("failure", PackageResources.failure_mustache),
    ("captured", PackageResources.captured_mustache),
    ("variables", PackageResources.variables_mustache),
    ("verdict", PackageResources.verdict_mustache),
    ("decide", PackageResources.decide_mustache),
    ("projects", PackageResources.projects_mustache),
    ("insights", PackageResources.insights_mustache),
    ("notice", PackageResources.notice_mustache),
  ]

  /// A template that cannot be read is a mistake of ours, which every test of a page shows.
  private static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for source in sources {
      do {
        try library.register(String(decoding: source.text, as: UTF8.self), named: source.name)
      } catch {
        preconditionFailure("the template `\(source.name)` cannot be read: \(error)")
      }
    }
    return library
  }()

  static func render(_ view: Any, as name: String) -> String {
    library.render(Inert.tree(view), withTemplate: name) ?? ""
  }
}

/// A file that pages refer to; its name changes when its content does, so that it may be kept for ever.
struct Asset: Sendable {
  let name: String
  let type: String
  let content: [UInt8]

  init(_ stem: String, _ ending: String, _ type: String, _ content: [UInt8]) {
    name = "\(stem)-\(PageToken.hexadecimal(SHA256.hash(data: content).prefix(8))).\(ending)"
    self.type = type
    self.content = content
  }

  static let style = Asset(
    "style", "css", "text/css; charset=utf-8", PackageResources.style_css)
  static let icon = Asset("icon", "svg", "image/svg+xml", PackageResources.icon_svg)
}
