import GRDB

/// The tables, step by step; a step that was released is never changed.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    migrator.registerMigration("2") { try $0.execute(sql: followed) }
    return migrator
  }

  private static let followed = """
    CREATE TABLE followed (
      project INTEGER NOT NULL REFERENCES project, path TEXT NOT NULL, position BLOB NOT NULL,
      at REAL NOT NULL, PRIMARY KEY (project, path)) WITHOUT ROWID;
    """

  private static let first = """
    CREATE TABLE project (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key TEXT NOT NULL UNIQUE,
      repository TEXT NOT NULL, forward TEXT, settings TEXT NOT NULL, addedAt REAL NOT NULL);
    CREATE TABLE failure (
      id INTEGER PRIMARY KEY, project INTEGER NOT NULL REFERENCES project, identity TEXT NOT NULL,
      scheme INTEGER NOT NULL, exception TEXT NOT NULL, signature TEXT NOT NULL, state TEXT NOT NULL,
      events INTEGER NOT NULL, firstSeen REAL NOT NULL, lastSeen REAL NOT NULL,
      joined INTEGER REFERENCES failure, branch TEXT, pullRequest TEXT, fixCommit TEXT, note TEXT,
      UNIQUE (project, identity));
    CREATE INDEX failureByTime ON failure (project, lastSeen);
    CREATE TABLE event (
      id INTEGER PRIMARY KEY, project INTEGER NOT NULL REFERENCES project, identity TEXT NOT NULL,
      receivedAt REAL NOT NULL, failure INTEGER REFERENCES failure, outcome TEXT NOT NULL, release TEXT,
      UNIQUE (project, identity));
    CREATE INDEX eventByTime ON event (receivedAt);
    CREATE INDEX eventByFailure ON event (failure, receivedAt);
    CREATE TABLE exemplar (
      event INTEGER PRIMARY KEY REFERENCES event, failure INTEGER NOT NULL REFERENCES failure,
      worth INTEGER NOT NULL, body BLOB NOT NULL);
    CREATE INDEX exemplarByFailure ON exemplar (failure, worth);
    CREATE TABLE sighting (
      failure INTEGER NOT NULL REFERENCES failure, release TEXT NOT NULL, event INTEGER NOT NULL,
      holdsFix INTEGER, PRIMARY KEY (failure, release)) WITHOUT ROWID;
    CREATE TABLE tally (
      project INTEGER NOT NULL, day INTEGER NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,
      PRIMARY KEY (project, day, outcome)) WITHOUT ROWID;
    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY, failure INTEGER NOT NULL REFERENCES failure, event INTEGER,
      reason TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
      openedAt REAL NOT NULL, notBefore REAL NOT NULL, endedAt REAL, holder TEXT, heldUntil REAL,
      fence INTEGER NOT NULL DEFAULT 0, outcome TEXT, cause TEXT, report BLOB);
    CREATE UNIQUE INDEX attemptOpen ON attempt (failure) WHERE state IN ('waiting', 'held');
    CREATE INDEX attemptByFailure ON attempt (failure, openedAt);
    CREATE TABLE step (
      id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL REFERENCES attempt, try INTEGER NOT NULL,
      fence INTEGER NOT NULL, stage TEXT NOT NULL, finding TEXT NOT NULL, scheme INTEGER NOT NULL,
      product TEXT, at REAL NOT NULL, seconds REAL NOT NULL);
    CREATE INDEX stepByAttempt ON step (attempt);
    CREATE TABLE effect (
      key TEXT PRIMARY KEY, attempt INTEGER NOT NULL, fence INTEGER NOT NULL, isDone INTEGER NOT NULL,
      result TEXT, at REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE served (project INTEGER PRIMARY KEY, at REAL NOT NULL);
    CREATE TABLE secret (name TEXT PRIMARY KEY, digest BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
    CREATE TABLE session (
      digest BLOB PRIMARY KEY, openedAt REAL NOT NULL, usedAt REAL NOT NULL) WITHOUT ROWID;
    """
}
