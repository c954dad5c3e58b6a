import Failures
import Interchange
import Languages

/// A web application that the repository defines.
struct Application: Sendable, Hashable {
  enum Framework: String, Sendable { case flask, quart, fastapi, starlette, django }

  var framework: Framework
  var symbol: Symbol
  var isFactory: Bool
}

extension PythonRepository {
  /// The request in the framework's test client: through the suite's own fixture where it has one, else through the application.
  func requestPrograms(_ request: RequestRecord) throws -> [Program] {
    guard let application = try application(), let send = ClientCall(request, application.framework)
    else { return [] }
    let style = try kit.ask("style", [.init("folder", .optional(settings.tests))])
    let fixtures = style["fixtures"]?.members ?? []
    let isPytest = style["framework"]?.text == "pytest"
    var programs: [Program] = []
    if isPytest, application.framework == .django {
      programs.append(
        Program(entry: send.expression(on: .name("client")), fixtures: ["client", "db"]))
    } else if isPytest {
      // A client of the suite's own says more than an application that we would have to prepare.
      let clientsFirst = fixtures.filter { $0.key != "app" } + fixtures.filter { $0.key == "app" }
      programs += clientsFirst.compactMap {
        fixturePrograms(named: $0.key, source: $0.value.text ?? "", send)
      }
    }
    programs.append(program(on: application, send))
    return programs
  }

  /// Flask's code asks for the application that is current.
  func currentApplication() throws -> Replay? {
    guard try style().framework == .pytest, let application = try application(),
      [.flask, .quart].contains(application.framework)
    else { return nil }
    let made: Expression =
      application.isFactory
      ? .call(.symbol(application.symbol), []) : .symbol(application.symbol)
    let context = Expression.call(.attribute(made, "app_context"), [])
    return Replay(
      setup: [Statement(.evaluate(.call(.attribute(context, "push"), [])))],
      assumptions: ["the application is current"])
  }

  /// Django's request factory makes its requests; the other frameworks' requests live in a context of their own.
  func requestObject(_ request: RequestRecord) throws -> Expression? {
    guard let application = try application(), application.framework == .django,
      let send = ClientCall(request, .django)
    else { return nil }
    let factory = Symbol(module: "django.test", path: ["RequestFactory"])
    return send.expression(on: .call(.symbol(factory), []))
  }

  private func fixturePrograms(named name: String, source: String, _ send: ClientCall) -> Program? {
    let makesClient = source.contains("test_client(") || source.contains("TestClient(")
    if makesClient, !source.contains("yield from"), name != "app" {
      return Program(entry: send.expression(on: .name(name)), fixtures: [name])
    }
    guard name == "app" else { return nil }
    return Program(
      setup: [Statement(.bind(.attribute(.name("app"), "testing"), .value(.bool(true))))],
      entry: send.expression(on: .call(.attribute(.name("app"), "test_client"), [])),
      fixtures: [name])
  }

  /// The application built as production builds it.
  private func program(on application: Application, _ send: ClientCall) -> Program {
    let made: Expression =
      application.isFactory
      ? .call(.symbol(application.symbol), []) : .symbol(application.symbol)
    switch application.framework {
    case .flask, .quart:
      return Program(
        setup: [
          Statement(.bind(.name("app"), made)),
          Statement(.bind(.attribute(.name("app"), "testing"), .value(.bool(true)))),
          Statement(.bind(.name("client"), .call(.attribute(.name("app"), "test_client"), []))),
        ], entry: send.expression(on: .name("client")))
    case .fastapi, .starlette:
      let client = Symbol(
        module: application.framework.rawValue + ".testclient", path: ["TestClient"])
      return Program(
        setup: [
          Statement(.bind(.name("client"), .call(.symbol(client), [Argument(.positional, made)])))
        ], entry: send.expression(on: .name("client")))
    case .django:
      let setting = Symbol(module: "django", path: ["setup"])
      let client = Symbol(module: "django.test", path: ["Client"])
      return Program(
        setup: [
          Statement(.evaluate(.call(.symbol(setting), []))),
          Statement(.bind(.name("client"), .call(.symbol(client), []))),
        ], entry: send.expression(on: .name("client")),
        conditions: Conditions(environment: ["DJANGO_SETTINGS_MODULE": application.symbol.module]))
    }
  }

  /// What is configured; else the only, or likeliest, one in the source.
  private func application() throws -> Application? {
    let found = (try kit.ask("applications", []).items ?? []).compactMap { record -> Application? in
      guard let framework = Application.Framework(rawValue: record["framework"]?.text ?? "") else {
        return nil
      }
      return Application(
        framework: framework,
        symbol: Symbol(
          module: record["module"]?.text ?? "",
          path: (record["path"]?.items ?? []).compactMap(\.text)),
        isFactory: record["factory"]?.bool ?? false)
    }
    guard let configured = settings.application else { return found.first }
    let parts = configured.split(separator: ":").map(String.init)
    if let django = found.first(where: { $0.framework == .django }) { return django }
    guard parts.count == 2 else { return found.first }
    let symbol = Symbol(module: parts[0], path: [parts[1].filter { $0 != "(" && $0 != ")" }])
    let known = found.first { $0.symbol == symbol }
    return Application(
      framework: (known ?? found.first)?.framework ?? .flask, symbol: symbol,
      isFactory: known?.isFactory ?? parts[1].contains("create"))
  }
}
