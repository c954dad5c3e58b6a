/// Our commits on a failure's branch, from the one on the base to the tip; empty where there is no
/// branch.
///
/// Law: a chain is whole and all ours. A person's commit anywhere in it, or a part that is missing
/// at its end, makes the branch a person's.
struct CommitChain {
  var commits: [(id: String, record: CommitRecord)] = []

  /// No more parts than this are ever shipped.
  static let longest = 8

  /// Whether these are a shipment's own commits, whenever they were made.
  func holds(_ shipment: Shipment, _ trees: [String]) -> Bool {
    guard commits.count == shipment.steps.count, trees.count == commits.count else { return false }
    var parent = shipment.base.id
    for (step, commit) in commits.enumerated() {
      guard commit.record.parents == [parent], commit.record.tree == trees[step],
        commit.record.message == shipment.message(of: step)
      else { return false }
      parent = commit.id
    }
    return true
  }
}

extension Repository {
  /// The chain at the branch: it is ours, or this throws.
  func chain(of shipment: Shipment) throws -> CommitChain {
    // A branch that only points at another one would lead our write there.
    guard try git.run(["symbolic-ref", "--quiet", shipment.reference]).status != 0 else {
      throw ShippingError.branchEdited(shipment.branch)
    }
    let found = try git.run(["rev-parse", "--verify", "--quiet", shipment.reference])
    guard found.status == 0 else { return CommitChain() }
    var chain = CommitChain()
    var id = found.line
    var missing: Int?
    repeat {
      let commit = try git.run(["cat-file", "commit", id])
      guard commit.status == 0, let record = CommitRecord(commit.output),
        record.isOurs(failure: shipment.failure)
      else { throw ShippingError.branchEdited(shipment.branch) }
      let part = record.part
      guard part.of <= CommitChain.longest, part.number == (missing ?? part.of),
        part.of == chain.commits.first?.record.part.of ?? part.of
      else { throw ShippingError.branchEdited(shipment.branch) }
      chain.commits.insert((id, record), at: 0)
      id = record.parents[0]
      missing = part.number - 1
    } while missing != 0
    return chain
  }
}
