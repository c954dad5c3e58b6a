/// What every page has around it.
struct PageFrame {
  enum Section: String { case now, failures, projects, insights, none }

  let title: String
  let style = "/" + Asset.style.name
  let icon = "/" + Asset.icon.name
  let links: [SectionLink]
  /// `nil` where nobody is let in: then there is nothing to go to.
  let formToken: String?

  init(_ title: String, _ section: Section, _ session: Session?) {
    self.title = title
    formToken = session?.formToken
    links = [
      SectionLink("Now", "/", isHere: section == .now),
      SectionLink("Failures", "/failures", isHere: section == .failures),
      SectionLink("Projects", "/projects", isHere: section == .projects),
      SectionLink("Insights", "/insights", isHere: section == .insights),
    ]
  }
}

struct SectionLink {
  let name: String
  let address: String
  let isHere: Bool

  init(_ name: String, _ address: String, isHere: Bool) {
    self.name = name
    self.address = address
    self.isHere = isHere
  }
}

/// A page that says one thing.
struct NoticeView {
  let page: PageFrame
  let sentence: String
  var command: String?
  /// Where to go from here.
  var onward: String?
  var goesOn = false
}
