import Interchange

extension ReportView.Stopped {
  init?(_ json: JSON) {
    guard let reason = json["reason"]?.text else { return nil }
    self.reason = reason
    detail = json["detail"]?.text ?? ""
    missing = (json["missing"]?.items ?? []).prefix(50).compactMap(\.text)
    hasMissing = !missing.isEmpty
    remedy = json["remedy"]?.text ?? ""
  }
}

extension ReportView.Reproduction {
  init?(_ json: JSON) {
    guard let strategy = json["strategy"]?.text else { return nil }
    self.strategy = strategy
    entry = json["entry"]?.text ?? ""
    runs = json["runs"]?.integer ?? 0
    of = json["of"]?.integer ?? 0
    before = json["bytesBefore"]?.integer ?? 0
    after = json["bytesAfter"]?.integer ?? 0
    calls = json["oracleCalls"]?.integer ?? 0
    sufficiency = "\(Int(((json["sufficiency"]?.double ?? 0) * 100).rounded())) %"
    isUnprotected = json["sandbox"]?.text == "none"
  }
}

extension ReportView.Test {
  init?(_ json: JSON) {
    guard let path = json["path"]?.text else { return nil }
    self.path = path
    framework = json["framework"]?.text ?? ""
    expectation =
      switch json["expectation"]?.text {
      case "property": "a property that the code states"
      case "value": "a value from a contract, a doctest or the suite"
      default: "that it does not fail"
      }
    source = ReportView.shown(json["source"]?.text ?? "")
    fixtures = (json["fixtures"]?.members ?? []).prefix(10).map {
      ReportView.Fixture(path: $0.key, text: ReportView.shown($0.value.text ?? ""))
    }
  }
}

extension ReportView.Verdict {
  init?(_ json: JSON) {
    guard let decision = json["decision"]?.text else { return nil }
    self.decision = decision
    gates = (json["gates"]?.items ?? []).prefix(20).map { gate in
      let details = (gate["details"]?.items ?? []).prefix(30).compactMap(\.text)
      return ReportView.Gate(
        name: gate["name"]?.text ?? "", result: StateView(gate: gate["result"]?.text ?? "not-run"),
        evidence: gate["evidence"]?.text ?? "", details: details, hasDetails: !details.isEmpty)
    }
  }
}

extension ReportView.Redaction {
  init?(_ json: JSON) {
    guard let kind = json["kind"]?.text else { return nil }
    self.init(kind: kind, places: json["places"]?.integer ?? 0)
  }
}

extension DiffView {
  init?(_ json: JSON) {
    guard let diff = json["diff"]?.text else { return nil }
    self.init(diff, origin: json["origin"]?.text ?? "", differsOn: json["differsOn"]?.text)
  }
}
