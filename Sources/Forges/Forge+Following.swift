extension Forge {
  /// Brings title and body up to date where they differ; one that is no longer open is left as people left it.
  public func update(_ number: Int, title: String, body: String) -> ForgeExchange<PullRequest> {
    let title = SafeText.line(title, limit: Proposal.titleLimit)
    let body = Proposal.shortened(body)
    return read(number).then { request in
      guard request.state == .open, request.title != title || !Self.equal(request.body, body) else {
        return .done(request)
      }
      return edit(request, title: title, body: body)
    }
  }

  /// Writes our one comment, or writes it anew in its place.
  public func comment(_ body: String, marker: CommentMarker, on number: Int)
    -> ForgeExchange<ForgeComment>
  {
    let body = "\(marker.line)\n\(Proposal.shortened(body))"
    return comment(marker, on: number).then { existing in
      guard let existing else { return addComment(body, to: number) }
      guard !Self.equal(existing.body, body) else { return .done(existing) }
      return rewrite(existing, on: number, to: body)
    }
  }

  /// Says what a commit is worth, unless that is what its status says already.
  public func report(_ status: CommitStatus, of commit: String, on branch: String)
    -> ForgeExchange<Void>
  {
    guard SafeText.commit(commit) != nil else {
      return .failed(.refused(status: 0, reason: "a status needs a commit's full id"))
    }
    return self.status(of: commit).then { existing in
      if let existing, existing.saysTheSame(as: status) { return .done(()) }
      return set(status, of: commit, on: branch)
    }
  }

  /// Forges store line ends in their own way, and drop white space at the end.
  private static func equal(_ stored: String, _ ours: String) -> Bool {
    func plain(_ text: String) -> [Substring] {
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      let end = lines.lastIndex { !$0.allSatisfy(\.isWhitespace) }.map { $0 + 1 } ?? 0
      return Array(lines[..<end])
    }
    return plain(stored) == plain(ours)
  }
}
