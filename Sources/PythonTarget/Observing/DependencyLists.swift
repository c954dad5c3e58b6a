import Foundation
import Languages

/// The lines of a repository that ask for packages, by the module that a package provides.
struct DependencyLists {
  var search: (String) throws -> [SourceMatch]

  func dependencies(providing module: String) throws -> [DeclaredDependency] {
    let name = module.prefix { $0 != "." }
    guard !name.isEmpty else { return [] }
    var found: [DeclaredDependency] = []
    for spelling in Self.spellings(String(name), module) {
      for match in try search(spelling) where Self.isList(match.path) {
        guard let dependency = Self.read(match, spelling), !found.contains(dependency) else {
          continue
        }
        found.append(dependency)
      }
      if !found.isEmpty { return found }
    }
    return found
  }

  /// The names under which a module's package may be listed, likeliest first.
  static func spellings(_ name: String, _ module: String) -> [String] {
    let known = packages[module] ?? packages[name] ?? []
    let dashed = name.replacing("_", with: "-")
    var all = known + [name, dashed, name.lowercased(), dashed.lowercased(), name.capitalized]
    all += [
      "Py" + name, "py" + name, "python-" + dashed, "Flask-" + String(dashed.dropFirst(6)),
      "django-" + dashed,
    ]
    var seen = Set<String>()
    return all.filter { seen.insert($0).inserted }
  }

  /// Files that list what a Python project needs.
  static func isList(_ path: String) -> Bool {
    let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
    return name.hasPrefix("requirements") || name.hasPrefix("constraints")
      || name == "pyproject.toml"
      || name == "setup.py" || name == "setup.cfg" || name.hasPrefix("pipfile")
      || name.hasPrefix("environment.y") || name.hasPrefix("conda")
      || (path.contains("requirements/") && (name.hasSuffix(".txt") || name.hasSuffix(".in")))
  }

  /// A package of exactly this name in a line, with its pin; extras and markers may follow.
  static func read(_ match: SourceMatch, _ name: String) -> DeclaredDependency? {
    let escaped = NSRegularExpression.escapedPattern(for: name)
    let pattern =
      #"(?i)(?:^|["'\s=-])("# + escaped
      + #")(?:\[[^\]]*\])?\s*(?:(===?)\s*["']?([\w.+!-]+)|(?=[<>~!=;,@"'\s\])]|$))"#
    let text = String(match.text.prefix { $0 != "#" })
    guard let expression = try? NSRegularExpression(pattern: pattern),
      let hit = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)),
      let package = Range(hit.range(at: 1), in: text)
    else { return nil }
    let version = Range(hit.range(at: 3), in: text).map { String(text[$0]) }
    return DeclaredDependency(
      package: String(text[package]), exactVersion: version?.contains("*") == true ? nil : version,
      place: match)
  }

  /// Packages whose name their module does not tell.
  private static let packages: [String: [String]] = [
    "PIL": ["Pillow", "pillow"], "yaml": ["PyYAML", "pyyaml"],
    "cv2": ["opencv-python", "opencv-python-headless"],
    "sklearn": ["scikit-learn"], "bs4": ["beautifulsoup4"], "dateutil": ["python-dateutil"],
    "dotenv": ["python-dotenv"], "jwt": ["PyJWT", "pyjwt"],
    "psycopg2": ["psycopg2", "psycopg2-binary"],
    "psycopg": ["psycopg", "psycopg-binary"], "MySQLdb": ["mysqlclient"], "attr": ["attrs"],
    "Crypto": ["pycryptodome"], "nacl": ["PyNaCl", "pynacl"],
    "OpenSSL": ["pyOpenSSL", "pyopenssl"],
    "serial": ["pyserial"], "magic": ["python-magic"], "slugify": ["python-slugify"],
    "docx": ["python-docx"],
    "pptx": ["python-pptx"], "usb": ["pyusb"], "zmq": ["pyzmq"], "ldap": ["python-ldap"],
    "jose": ["python-jose"],
    "multipart": ["python-multipart"], "rest_framework": ["djangorestframework"],
    "corsheaders": ["django-cors-headers"],
    "environ": ["django-environ"], "decouple": ["python-decouple"],
    "git": ["GitPython", "gitpython"],
    "github": ["PyGithub"], "telegram": ["python-telegram-bot"], "google.protobuf": ["protobuf"],
    "googleapiclient": ["google-api-python-client"], "grpc": ["grpcio"],
    "fitz": ["PyMuPDF", "pymupdf"],
    "memcache": ["python-memcached"], "Levenshtein": ["python-Levenshtein", "Levenshtein"],
    "pkg_resources": ["setuptools"],
    "win32api": ["pywin32"], "flask_sqlalchemy": ["Flask-SQLAlchemy"], "cairo": ["pycairo"],
    "barcode": ["python-barcode"], "gnupg": ["python-gnupg"], "socks": ["PySocks", "pysocks"],
    "markdown": ["Markdown", "markdown"],
    "jinja2": ["Jinja2", "jinja2"], "django": ["Django", "django"], "flask": ["Flask", "flask"],
  ]
}
