extension ArrivalLedger {
  static let insertingEvent = """
    INSERT INTO event (project, identity, receivedAt, outcome, release) VALUES (?, ?, ?, '', ?)
    ON CONFLICT DO NOTHING
    """
  /// What was joined to another counts as that.
  static let findingFailure = """
    SELECT meant.id, meant.state FROM failure
      JOIN failure meant ON meant.id = coalesce(failure.joined, failure.id)
    WHERE failure.project = ? AND failure.identity = ?
    """
  static let insertingFailure = """
    INSERT INTO failure (project, identity, scheme, exception, signature, state, events, firstSeen, lastSeen)
    VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)
    """
  static let weighing = """
    SELECT count(*) AS count, max(worth) AS best FROM exemplar WHERE failure = ?
    """
  static let insertingExemplar = """
    INSERT INTO exemplar (event, failure, worth, body) VALUES (?, ?, ?, ?)
    """
  /// One attempt of a failure is open at a time.
  static let openingAttempt = """
    INSERT INTO attempt (failure, event, reason, state, openedAt, notBefore)
    VALUES (?, ?, ?, 'waiting', ?, ?) ON CONFLICT DO NOTHING
    """
  static let sighting = """
    INSERT INTO sighting (failure, release, event) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
    """
  static let summing = """
    UPDATE failure SET events = events + ?, firstSeen = min(firstSeen, ?), lastSeen = max(lastSeen, ?)
    WHERE id = ?
    """
  static let tallying = """
    INSERT INTO tally (project, day, outcome, count) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + excluded.count
    """
}
