extension Forge {
  /// Sees to it that a branch has its one pull request, however often it is asked and wherever it was broken off.
  public func open(_ proposal: Proposal) -> ForgeExchange<Opening> {
    existing(proposal).then { opening in
      if let opening { return labelled(opening, proposal.labels) }
      return create(proposal).then { creation in
        switch creation {
        case .created(let request): labelled(.opened(request), proposal.labels)
        case .exists(let failure): again(proposal, failure)
        }
      }
    }
  }

  /// The pull request of a branch: the open one, else the newest; `nil` where there never was one.
  public func find(branch: String, base: String) -> ForgeExchange<PullRequest?> {
    requests(of: branch, base: base).map { Self.deciding($0) }
  }

  private func existing(_ proposal: Proposal) -> ForgeExchange<Opening?> {
    requests(of: proposal.branch, base: proposal.base).map { requests in
      let counting = requests.filter { request in
        request.state == .open || proposal.follows.map { request.number > $0 } ?? true
      }
      guard let request = Self.deciding(counting) else { return nil }
      return switch request.state {
      case .open: .found(request)
      case .closed: .closed(request)
      case .merged: .merged(request)
      }
    }
  }

  private static func deciding(_ requests: [PullRequest]) -> PullRequest? {
    requests.first { $0.state == .open } ?? requests.max { $0.number < $1.number }
  }

  /// Somebody was quicker, or we were ourselves and never heard of it.
  private func again(_ proposal: Proposal, _ failure: ForgeFailure) -> ForgeExchange<Opening> {
    existing(proposal).then { opening in
      opening.map { labelled($0, proposal.labels) } ?? .failed(failure)
    }
  }

  /// Labels come after the request on some forges, so an attempt that was broken off can have left them out.
  private func labelled(_ opening: Opening, _ labels: [String]) -> ForgeExchange<Opening> {
    let request = opening.request
    let missing = labels.filter { !request.labels.contains($0) }
    guard request.state == .open, !missing.isEmpty else { return .done(opening) }
    return add(labels: missing, to: request.number).map {
      var request = request
      request.labels += missing
      return if case .opened = opening { .opened(request) } else { .found(request) }
    }
  }
}
