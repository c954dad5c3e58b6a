import Crypto

/// What tells two products apart without holding them: 16 hexadecimal digits.
public enum Fingerprint {
  public static func of(_ text: String) -> String {
    String(SHA256.hash(data: Array(text.utf8)).hexadecimal.prefix(16))
  }
}
