import Failures
import Interchange

/// The request that was being answered.
struct RequestDecoding {
  let values: ValueReading

  func request(_ field: Field?) throws(IntakeError) -> RequestRecord? {
    guard let field = try field?.requireObject(), !(field.value.members ?? []).isEmpty else {
      return nil
    }
    let url = field["url"]?.looseText() ?? ""
    var query = pairs(field["query_string", "query"], reading: FormText.fields)
    if query.isEmpty { query = RequestRecord.query(of: url) }
    return RequestRecord(
      method: field["method"]?.looseText() ?? "GET", url: url, query: query,
      headers: pairs(field["headers"], reading: FormText.headers),
      cookies: pairs(field["cookies"], reading: FormText.cookies),
      body: body(field))
  }

  private func pairs(_ field: Field?, reading text: (String) -> [NamedValue]) -> [NamedValue] {
    guard let field else { return [] }
    if let written = field.value.text {
      return ValueReading.isMask(written)
        ? [NamedValue("", .redacted(kind: "filtered"))] : text(written)
    }
    return Pairs.read(field.value).map { pair in
      let meta = pair.place.reduce(field.meta) { $0?[$1] }
      return NamedValue(pair.name, values.value(pair.value, meta: meta, leaves: .native))
    }
  }

  /// A body that the client dropped for its size is an empty one with a remark.
  private func body(_ field: Field) -> RequestRecord.Body? {
    let data = field.value["data"]
    let meta = field.meta?["data"]
    if let remark = Remark(meta), remark.redaction != nil || remark.isFlattened,
      data == nil || data == .null || data == .string("")
    {
      return .dropped
    }
    guard let data, !data.isNull else { return nil }
    let value = values.value(data, meta: meta, leaves: .native)
    if case .string(let text) = value { return .text(text) }
    return .structured(value)
  }
}
