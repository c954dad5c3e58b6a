extension Finds {
  /// `203.0.114.7`; not a version of four parts behind a name, and nothing that is nobody's.
  mutating func findAddresses4(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard bytes[position].isDigit else {
        position += 1
        continue
      }
      let end = bytes.end(from: position) { $0.isDigit || $0 == 46 }
      var range = position..<end
      position = end
      if bytes[end - 1] == 46 { range = range.lowerBound..<(end - 1) }
      let parts = bytes[range].split(separator: 46, omittingEmptySubsequences: false)
      guard parts.count == 4, bytes.isBounded(range), !isVersion(bytes, range.lowerBound),
        parts.allSatisfy({ part in
          (1...3).contains(part.count) && part.reduce(0) { $0 * 10 + Int($1 - 48) } < 256
        }), AddressRange(Array(bytes[range])) != .nobody
      else { continue }
      secrets.append(Secret(range, "ip", form: .ipv4))
    }
  }

  /// `Chrome/120.0.0.1`, `==1.2.3.4`.
  private func isVersion(_ bytes: [UInt8], _ start: Int) -> Bool {
    guard start > 1 else { return false }
    let before = bytes[start - 1]
    if before == UInt8(ascii: "/") { return bytes[start - 2].isAlphanumeric }
    return before == UInt8(ascii: "=") && bytes[start - 2] == UInt8(ascii: "=")
  }

  /// Groups of up to four hexadecimal digits: eight, or fewer around `::`. The first says whose range it is, and stays.
  mutating func findAddresses6(_ bytes: [UInt8]) {
    var position = 0
    while position < bytes.count {
      guard bytes[position].isHexadecimalDigit,
        position == 0 || !bytes[position - 1].isAlphanumeric,
        !isInside(bytes, position)
      else {
        position += 1
        continue
      }
      let end = bytes.end(from: position) { $0.isHexadecimalDigit || $0 == 58 }
      defer { position = max(end, position + 1) }
      let range = position..<end
      let groups = bytes[range].split(separator: 58, omittingEmptySubsequences: false)
      let gaps = groups.dropFirst().dropLast().filter(\.isEmpty).count
      guard groups.allSatisfy({ $0.count <= 4 }), groups.count >= 4, groups.count <= 8, gaps <= 1,
        gaps == 1 || groups.count == 8, !groups[0].isEmpty,
        range.upperBound == bytes.count || !bytes[range.upperBound].isAlphanumeric,
        groups.contains(where: { $0.count >= 3 && $0.contains(where: \.isDigit) })
      else { continue }
      let first = String(decoding: groups[0], as: UTF8.self).lowercased()
      if first == "2001", String(decoding: groups[1], as: UTF8.self).lowercased() == "db8" {
        continue
      }
      structure.append(position..<(position + groups[0].count))
      secrets.append(
        Secret((position + groups[0].count)..<end, "ip", form: .hexadecimal, of: range))
    }
  }

  /// Whether a group stands before a position: `key:2a02:…` begins behind the key.
  private func isInside(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard position > 0, bytes[position - 1] == 58 else { return false }
    return position == 1 || bytes[position - 2].isHexadecimalDigit || bytes[position - 2] == 58
  }

  /// The name in `/home/name/…`, `/Users/name/…` and `C:\Users\name\…`; accounts of services are nobody.
  mutating func findHomes(_ bytes: [UInt8]) {
    for (folder, sign) in [
      ("/home/" as StaticString, UInt8(ascii: "/")), ("/Users/", 47), ("\\Users\\", 92),
      ("\\Documents and Settings\\", 92),
    ] {
      var position = 0
      while let found = bytes.firstRange(of: folder, from: position) {
        let start = found + folder.utf8CodeUnitCount
        position = start
        guard let end = endOfHome(bytes, from: start, sign) else { continue }
        let name = String(decoding: bytes[start..<end], as: UTF8.self)
        guard !Self.services.contains(name.lowercased()) else { continue }
        secrets.append(Secret(start..<end, "home-folder", spreads: end - start >= 5))
        position = end
      }
    }
  }

  /// A name may have spaces where the path goes on behind it.
  private func endOfHome(_ bytes: [UInt8], from start: Int, _ sign: UInt8) -> Int? {
    func isPart(_ byte: UInt8) -> Bool {
      byte != sign && !byte.isQuote && byte > 32 && !":;,|<>()[]{}*?=&\\/".utf8.contains(byte)
    }
    let end = bytes.end(from: start, while: isPart)
    guard end > start, end - start <= 64 else { return nil }
    var last = end
    for _ in 0..<3 {
      guard last + 1 < bytes.count, bytes[last] == 32, isPart(bytes[last + 1]) else { break }
      last = bytes.end(from: last + 1, while: isPart)
      if last < bytes.count, bytes[last] == sign { return last }
    }
    return end
  }

  private static let services: Set<String> = [
    "app", "apps", "service", "services", "user", "users", "ubuntu", "debian", "centos", "fedora",
    "admin", "root", "www", "www-data", "web", "webapp", "worker", "deploy", "deployer", "runner",
    "ec2-user", "vscode", "node", "python", "django", "flask", "celery", "gunicorn", "nobody",
    "public", "shared", "default", "test", "dev", "build", "ci", "jenkins", "git", "vagrant",
    "docker", "container", "nonroot", "appuser", "site", "home", "me", "you", "name", "username",
  ]
}
