import Foundation

extension Repository {
  /// Random bytes that belong to this repository, and to all of its worktrees: readable by their owner alone, and never a part of the
  /// tree. Where there are none yet, `isMade` says whether they are made.
  ///
  /// - Returns: `nil` where they can neither be read nor written.
  public func ownKey(length: Int, isMade: Bool) -> [UInt8]? {
    guard let answer = try? git.run(["rev-parse", "--git-common-dir"]), answer.status == 0 else {
      return nil
    }
    let common = answer.line.hasPrefix("/") ? answer.line : "\(gitDirectory)/\(answer.line)"
    let folder = "\(common)/nevermore"
    let path = "\(folder)/key"
    if let bytes = Self.key(at: path, length: length) { return bytes }
    guard isMade else { return nil }
    let new = "\(folder)/key-\(UUID().uuidString)"
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST,
      Self.write((0..<length).map { _ in UInt8.random(in: 0...255) }, to: new)
    else { return nil }
    // Two that start at once must end with one key: only the first link is made.
    _ = link(new, path)
    unlink(new)
    return Self.key(at: path, length: length)
  }

  private static func key(at path: String, length: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: length)
    return read(descriptor, &bytes, length) == length ? bytes : nil
  }

  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Foundation.write(descriptor, bytes, bytes.count) == bytes.count
  }
}
