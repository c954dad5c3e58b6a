import Foundation
import Intake

/// One text as the encoders of CPython, brotli 1.2 and zstandard 0.25 wrote it.
enum EncodedText {
  static let text = Array((0..<40).map { "\($0) \($0 * $0 * 7919)\n" }.joined().utf8)

  static let all: [(encoding: ContentEncoding, body: [UInt8])] = [
    (.gzip, bytes(gzip)), (.deflate, bytes(zlib)), (.deflate, bytes(bare)),
    (.brotli, bytes(brotli)), (.zstd, bytes(zstd)),
  ]

  static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map(Array.init) ?? []
  }

  static let gzip =
    "H4sIAAAAAAACAyWQy41FMQxC96nCJRjjb/+NDXdeVhGyOICbP9gc7oURPf1ogxi8NESP5yvDzU29ttjyzTfGXSfe"
    + "Wnkv+p11InkP/u/msoVdLU5aGJBO9gMN5BJ4EKAqEPkgxCxGDAjiMdFSxyJ263S7FtU1JYf7UuyUEvsvsmABY17E"
    + "SFWRpX79gpbYQ+FFWlaDmS/K8vIoWrQVi/GpYzUT992udajn56BiXbfypf+GEY2arOFQBoYt/FzJSNsOqv5jmqhJ"
    + "tWDZjfvXjW3waLoqc/TfhN7jfvuwXAPxNLtnjnb7A1NVc2qdAQAA"
  static let zlib =
    "eNolkMuNRTEMQvepwiUY42//jQ13XlYRsjiAmz/YHO6FET39aIMYvDREj+crw81NvbbY8s03xl0n3lp5L/qddSJ5"
    + "D/7v5rKFXS1OWhiQTvYDDeQSeBCgKhD5IMQsRgwI4jHRUscidut0uxbVNSWH+1LslBL7L7JgAWNexEhVkaV+/YKW"
    + "2EPhRVpWg5kvyvLyKFq0FYvxqWM1E/fdrnWo5+egYl238qX/hhGNmqzhUAaGLfxcyUjbDqr+Y5qoSbVg2Y37141t"
    + "8Gi6KnP034Te4377sFwD8TS7Z452+wPCLUpm"
  static let bare =
    "JZDLjUUxDEL3qcIlGONv/40Nd15WEbI4gJs/2BzuhRE9/WiDGLw0RI/nK8PNTb222PLNN8ZdJ95aeS/6nXUieQ/+"
    + "7+ayhV0tTloYkE72Aw3kEngQoCoQ+SDELEYMCOIx0VLHInbrdLsW1TUlh/tS7JQS+y+yYAFjXsRIVZGlfv2ClthD"
    + "4UVaVoOZL8ry8ihatBWL8aljNRP33a51qOfnoGJdt/Kl/4YRjZqs4VAGhi38XMlI2w6q/mOaqEm1YNmN+9eNbfBo"
    + "uipz9N+E3uN++7BcA/E0u2eOdvsD"
  static let brotli =
    "G5wB+MUJh55QgKv90gW6WGBUMCDu62GmZgfJlVcoyrNRaOr3tzH0dVxhmXeRwrFjToPnlCofCu7rIyDx+/QPmVJF"
    + "5kBJZV5KUFHdlgtqak+7DQ0dXk9BS/uuX9DRPb090NPXt/1wMDU7EbCY9fY+bOal9wdOlu7VgovVo6yCm/X1uQ0P"
    + "OztdBS9719+Cj+O4+oGfM/23jwyuvIpAijsK9SPNU3z0IJM3zn0hi6+unEI2fyN2GzlUeDJcyKXiSpKQR6myIwf5"
    + "OKr2Hw=="
  static let zstd =
    "KLUv/WCdAHUGANaZMgmwOyRJFIEYwI0vAC4ALwC9eWebq02A81XBvBAL9Ug2gqnRAWbRohiMvcSpq3OHAkV3ha67"
    + "GqQiR8/zVU0oBP9J1CcAFTkK503Z2HsmTQ3Na6ZvzP6WKfQ6vGROla3cMeX+jCumHRbhhkkRIHYOArjuKgSv7Iao"
    + "d9KJwal2eu5V0zpFHhNTOqfi5KRzioRppHJ6fGZpnHT1sOjPq7wrEbh7QQqYELsWtG0xcCsoh6CDS8GpAqjrBIVC"
    + "xlcJ+ipO1gjSwIGtD94YTNUA"
}
