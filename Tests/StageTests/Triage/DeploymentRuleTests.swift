import Failures
import Languages
import Testing

@testable import Reproducing

struct DeploymentRuleTests {
  // MARK: variables

  /// `KEY` is read in line 5 of `load`.
  private func reading(_ expression: Languages.Expression, _ nature: ExceptionNature) -> Situation {
    var situation = Situation()
    situation.exception = ExceptionRecord(type: "KeyError", message: "'SHOP_KEY'")
    situation.nature = nature
    situation.frames = [.own("load", line: 5)]
    situation.functions = [.own("load", taking: ["environ"], [.at(5, .give(expression))])]
    return situation
  }

  @Test
  func `a variable that is missing is a matter of configuration and is named from the source`()
    throws
  {
    let stop = try #require(
      try reading(.item(.dotted("os.environ"), .string("SHOP_KEY")), .missingKey).verdict())
    #expect(stop.reason == .configuration)
    #expect(stop.detail.contains("`SHOP_KEY`") && stop.detail.contains("shop/core.py:5"))
    #expect(stop.remedy.contains("`SHOP_KEY`"))
  }

  @Test func `a key that is missing in other maps is a bug`() throws {
    #expect(try reading(.item(.name("payload"), .string("SHOP_KEY")), .missingKey).verdict() == nil)
  }

  @Test
  func `a variable that cannot be converted is found through a local name and a caller's literal`()
    throws
  {
    var situation = Situation(nature: .conversion)
    situation.frames = [.own("work", line: 9), .own("number", line: 5)]
    situation.functions = [
      .own("work", [.at(9, .give(.calling("number", .string("PAGE_LIMIT"))))]),
      .own(
        "number", taking: ["variable"],
        [
          .at(4, .bind(.name("text"), .calling("os.environ.get", .name("variable")))),
          .at(5, .give(.calling("int", .name("text")))),
        ]),
    ]
    let stop = try #require(try situation.verdict())
    #expect(stop.reason == .configuration)
    #expect(stop.detail.contains("`PAGE_LIMIT`"))
  }

  @Test func `a conversion of what a request holds is a bug`() throws {
    var situation = Situation(nature: .conversion)
    situation.frames = [.own("work", line: 5)]
    situation.functions = [
      .own("work", [.at(5, .give(.calling("int", .calling("request.args.get", .string("page")))))])
    ]
    #expect(try situation.verdict() == nil)
  }

  @Test(arguments: [("`PEERS`: comma-separated", true), ("`PEERS` is optional", false)])
  func `a variable that documents call optional must not be missed by the code`(
    text: String, isConfiguration: Bool
  ) throws {
    var situation = reading(
      .call(.attribute(.calling("os.environ.get", .string("PEERS")), "split"), []), .nothing)
    situation.texts = [SourceMatch(path: "README.md", line: 3, text: text)]
    #expect(try (situation.verdict()?.reason == .configuration) == isConfiguration)
  }

  @Test func `a check that refuses to start without a variable is configuration`() throws {
    var situation = Situation()
    situation.exception = ExceptionRecord(type: "Misconfigured", module: "shop", message: "x")
    situation.ownTypes = ["shop.Misconfigured"]
    situation.frames = [.own("load", line: 5)]
    situation.functions = [
      .own(
        "load",
        [
          .at(3, .bind(.name("key"), .calling("os.getenv", .string("VAULT_KEY")))),
          .block(
            4, 5,
            .branch(
              test: .unary("not", .name("key")),
              then: [.at(5, .fail(.calling("Misconfigured", .string("no key"))))], otherwise: [])),
        ])
    ]
    let stop = try #require(try situation.verdict())
    #expect(stop.reason == .configuration)
    #expect(stop.detail.contains("`VAULT_KEY`") && stop.detail.contains("line 4"))
  }

  // MARK: files

  private func opening(_ path: Languages.Expression) -> Situation {
    var situation = Situation(nature: .missingFile)
    situation.frames = [.own("load", line: 5)]
    situation.functions = [.own("load", taking: ["name"], [.at(5, .give(.calling("open", path)))])]
    return situation
  }

  @Test func `a file that a variable names is for the deployment to provide`() throws {
    let path = Languages.Expression.item(.dotted("os.environ"), .string("LIMITS_FILE"))
    #expect(try opening(path).verdict()?.reason == .configuration)
    #expect(try opening(.string("/run/secrets/key")).verdict()?.reason == .configuration)
  }

  @Test func `a file of the code's own making is the code's own affair`() throws {
    let folder = Languages.Expression.item(.dotted("os.environ"), .string("DATA"))
    #expect(try opening(.binary(folder, "/", .string("queue.json"))).verdict() == nil)
    #expect(try opening(.name("name")).verdict() == nil)
  }

  @Test(arguments: [
    ("`make assets` writes `site/manifest.json`", Stop.Reason.badDeploy),
    ("mount `site/manifest.json`", .configuration),
  ])
  func `a file that a document calls built is missing from the build`(
    text: String, reason: Stop.Reason
  ) throws {
    var situation = opening(.string("site/manifest.json"))
    situation.texts = [SourceMatch(path: "README.md", line: 3, text: text)]
    let stop = try #require(try situation.verdict())
    #expect(stop.reason == reason)
    #expect((reason == .badDeploy) == stop.detail.contains("`README.md:3`"))
  }

  @Test func `a file of settings is provided, however the rest is built`() throws {
    var situation = opening(.string("site/config.json"))
    situation.texts = [
      SourceMatch(path: "README.md", line: 3, text: "`make` needs `site/config.json`")
    ]
    #expect(try situation.verdict()?.reason == .configuration)
  }

  // MARK: settings that are read as a whole

  /// `settings.smtp_host` in line 5, of an object that `load` fills from a file.
  private func lacking(_ owner: String, type: String = "types.SimpleNamespace") -> Situation {
    var situation = Situation()
    situation.exception = ExceptionRecord(
      type: "AttributeError", message: "'\(type)' object has no attribute 'smtp_host'")
    situation.frames = [.own("send", line: 5)]
    situation.functions = [
      .own("send", [.at(5, .evaluate(.calling("connect", .dotted(owner + ".smtp_host"))))])
    ]
    situation.texts = [
      SourceMatch(path: "shop/config.py", line: 8, text: "Namespace(**tomllib.load(file))"),
      SourceMatch(path: "config.example.toml", line: 2, text: "smtp_host = \"x\""),
    ]
    return situation
  }

  @Test func `a field that a file of settings lacks is named with where it is documented and read`()
    throws
  {
    let stop = try #require(try lacking("settings").verdict())
    #expect(stop.reason == .configuration)
    #expect(stop.detail.contains("`smtp_host`"))
    #expect(stop.detail.contains("config.example.toml:2"))
    #expect(stop.detail.contains("shop/config.py:8"))
  }

  @Test func `a key that a file of settings lacks is the same`() throws {
    var situation = lacking("settings")
    situation.nature = .missingKey
    situation.exception = ExceptionRecord(type: "KeyError", message: "'smtp_host'")
    for (owner, isConfiguration) in [("config", true), ("payload", false)] {
      situation.functions[0].definition.body = [
        .at(5, .evaluate(.item(.name(owner), .string("smtp_host"))))
      ]
      #expect(try (situation.verdict()?.reason == .configuration) == isConfiguration)
    }
  }

  @Test
  func `a field that nothing documents, that is optional, or that a type should declare is a bug`()
    throws
  {
    var mistyped = lacking("settings")
    mistyped.texts.removeLast()
    #expect(try mistyped.verdict() == nil)

    var optional = lacking("settings")
    optional.texts[1].text = "# smtp_host is optional"
    #expect(try optional.verdict() == nil)

    var declared = lacking("settings", type: "Settings")
    declared.ownTypes = ["Settings"]
    #expect(try declared.verdict() == nil)
    #expect(try lacking("order").verdict() == nil)
  }

  @Test func `an object that no file fills is the code's own affair`() throws {
    var situation = lacking("settings")
    situation.texts.removeFirst()
    #expect(try situation.verdict() == nil)
  }

  // MARK: schema

  private func query(_ sql: String, migration: SourceMatch?) -> Situation {
    var situation = Situation(nature: .schema)
    situation.exception = ExceptionRecord(
      type: "OperationalError", message: "no such column: note")
    situation.frames = [.own("orders", line: 5)]
    situation.functions = [.own("orders", [.at(5, .give(.calling("db.execute", .string(sql))))])]
    situation.texts = migration.map { [$0] } ?? []
    return situation
  }

  @Test func `a column that a migration adds waits for the migration`() throws {
    let migration = SourceMatch(
      path: "migrations/0002.sql", line: 1, text: "ALTER TABLE orders ADD COLUMN note TEXT;")
    let stop = try #require(
      try query("SELECT note FROM orders", migration: migration).verdict())
    #expect(stop.reason == .dataMigrationNeeded)
    #expect(stop.detail.contains("`migrations/0002.sql:1`"))
  }

  @Test func `a column that no migration knows, or that another table gets, is a bug of the query`()
    throws
  {
    #expect(try query("SELECT note FROM orders", migration: nil).verdict() == nil)
    let other = SourceMatch(
      path: "migrations/0002.sql", line: 1, text: "ALTER TABLE refunds ADD COLUMN note TEXT;")
    #expect(try query("SELECT note FROM orders", migration: other).verdict() == nil)
    let code = SourceMatch(path: "shop/core.py", line: 5, text: "SELECT note FROM orders")
    #expect(try query("SELECT note FROM orders", migration: code).verdict() == nil)
  }

  @Test(arguments: [
    ("no such table: refunds", "refunds"), ("no such column: o.note", "note"),
    ("table orders has no column named note", "note"),
    ("relation \"shop_refund\" does not exist", "shop_refund"),
    ("column orders_order.note does not exist", "note"),
    ("column \"note\" of relation \"orders\" does not exist", "note"),
    ("(1054, \"Unknown column 'o.note' in 'field list'\")", "note"),
    ("(1146, \"Table 'shop.refunds' doesn't exist\")", "refunds"),
    ("(sqlite3.OperationalError) no such table: refunds\n[SQL: SELECT 1]", "refunds"),
  ])
  func `what is missing is read from every database's message`(message: String, name: String) {
    #expect(Schema.missing(in: message)?.spellings.first == name)
  }

  // MARK: modules

  private func importing(_ message: String, asked: DeclaredDependency?) -> Situation {
    var situation = Situation(nature: .missingModule)
    situation.exception = ExceptionRecord(type: "ImportError", message: message)
    situation.frames = [.own("export", line: 5)]
    situation.functions = [.own("export", [.at(5, .importing([]))])]
    situation.dependencies = asked.map { [$0] } ?? []
    return situation
  }

  private let sheets = DeclaredDependency(
    package: "sheets", exactVersion: "3.1",
    place: SourceMatch(path: "requirements.txt", line: 7, text: "sheets==3.1"))

  @Test func `a module that the repository asks for is missing in the deployment`() throws {
    let stop = try #require(try importing("No module named 'sheets'", asked: sheets).verdict())
    #expect(stop.reason == .badDeploy)
    #expect(stop.detail.contains("`requirements.txt:7`"))
  }

  @Test func `a module that nobody asks for is a bug`() throws {
    #expect(try importing("No module named 'sheets'", asked: nil).verdict() == nil)
  }

  @Test(arguments: [("3.1", false), ("2.9", true), (nil, false)])
  func `a name that a package lacks is the deployment's fault where another version is installed`(
    installed: String?, isDeployment: Bool
  ) throws {
    var situation = importing("cannot import name 'Book' from 'sheets' (x)", asked: sheets)
    situation.packages = installed.map { ["sheets": $0] } ?? [:]
    let stop = try situation.verdict()
    #expect((stop?.reason == .badDeploy) == isDeployment)
    guard let stop else { return }
    #expect(stop.detail.contains("`requirements.txt:7` asks for 3.1, 2.9 is deployed"))
  }
}
