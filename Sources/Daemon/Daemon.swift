import Failures
import Foundation
import Hummingbird
import Intake
import Logging
import ServiceLifecycle
import Storage
import Telemetry

/// Takes failures in, and works each new one: the server, the workers, and what keeps them in order.
public struct Daemon: Sendable {
  public struct Settings: Sendable {
    public var host: String
    public var port: Int
    /// Cases worked at a time.
    public var workers: Int
    /// The program itself, which workers are started from.
    public var executable: String

    public init(host: String, port: Int, workers: Int, executable: String) {
      self.host = host
      self.port = port
      self.workers = workers
      self.executable = executable
    }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    var place: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
  }

  /// What the daemon is given by whoever knows languages and repositories.
  public struct Knowledge: Sendable {
    public var read: @Sendable ([UInt8]) throws(IntakeError) -> FailureEvent
    /// How stacks are written in logs.
    public var stackLanguage: StackLanguage
    public var sorting: @Sendable (Project) throws -> Sorting
    public var site: @Sendable (Project) async throws -> Site
    /// Whether a release holds a commit; `nil` where the release names nothing.
    public var holds: @Sendable (Project, _ release: String, _ commit: String) throws -> Bool?

    public init(
      read: @escaping @Sendable ([UInt8]) throws(IntakeError) -> FailureEvent,
      stackLanguage: StackLanguage, sorting: @escaping @Sendable (Project) throws -> Sorting,
      site: @escaping @Sendable (Project) async throws -> Site,
      holds: @escaping @Sendable (Project, _ release: String, _ commit: String) throws -> Bool?
    ) {
      self.read = read
      self.stackLanguage = stackLanguage
      self.sorting = sorting
      self.site = site
      self.holds = holds
    }
  }

  let store: Store
  let settings: Settings
  let knowledge: Knowledge
  let logger: Logger

  public init(store: Store, settings: Settings, knowledge: Knowledge, logger: Logger) {
    self.store = store
    self.settings = settings
    self.knowledge = knowledge
    self.logger = logger
  }

  /// Whether a text is a DSN that deliveries can be handed on to.
  public static func canForward(to dsn: String) -> Bool { ForwardAddress(dsn) != nil }

  /// Whether the holder of a lease, as a daemon calls itself, still runs.
  public static func isAlive(_ holder: String) -> Bool { Holder.isAlive(holder) }

  /// Runs until it is told to end; `isListening` is called with the port once senders may come.
  public func run(isListening: @escaping @Sendable (Int) async -> Void) async throws {
    let gate = IntakeGate(folder: store.folder, logger: logger)
    let desks = ProjectDesks(store, open: knowledge.sorting)
    let relay = Relay(logger: logger)
    let reception = Reception(
      store: store, log: ArrivalLog(store), desks: desks,
      reading: Reading(
        event: knowledge.read, telemetry: OTLPReader(language: knowledge.stackLanguage)),
      relay: relay, gate: gate, logger: logger)
    let router = Router()
    let bodies = BodyIntake()
    IntakeRoutes(reception: reception, bodies: bodies).add(to: router)
    TelemetryRoutes(reception: reception, bodies: bodies).add(to: router)
    HealthRoutes(store: store, gate: gate).add(to: router)
    MetricsRoutes(store: store, gate: gate).add(to: router)
    PageRoutes(store: store, listening: settings.place, logger: logger) { event, project in
      // Where the tree cannot be read, the frames are shown without their places.
      (try? desks.desk(of: project.key)?.sorter().sorting.place(event)) ?? event
    }.add(to: router)
    let application = Application(
      router: router,
      server: .http1(configuration: .init(idleTimeout: .seconds(75))),
      configuration: .init(address: .hostname(settings.host, port: settings.port)),
      onServerRunning: { channel in await isListening(channel.localAddress?.port ?? 0) },
      logger: logger)
    let courier = Courier(executable: settings.executable)
    let desk = ForgeDesk(courier)
    let sites = Sites(folder: store.folder, courier: courier, find: knowledge.site)
    let follower = Follower(
      store: store, desk: desk, site: sites.site, holds: knowledge.holds, logger: logger)
    let foreman = Foreman(
      store: store, holder: Holder.current,
      crew: Crew(
        worker: WorkerProcess(executable: settings.executable), courier: courier,
        desk: desk, site: sites.site),
      places: settings.workers, gate: gate, logger: logger)
    let keeper = Keeper(store: store, gate: gate, refresh: desks.refresh, logger: logger)
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: application), .init(service: relay), .init(service: courier),
          .init(service: foreman), .init(service: follower), .init(service: keeper),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
  }
}
