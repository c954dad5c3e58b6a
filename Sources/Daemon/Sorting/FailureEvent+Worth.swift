import Failures

extension FailureEvent {
  /// How much of an event a reproduction can use: live frames before anything else, then arguments as they came in, then what
  /// was read, then the request.
  var worth: Int {
    let frames = exception?.frames ?? []
    var worth = 0
    if frames.contains(where: \.isWhole) { worth += 1000 }
    if frames.contains(where: { !$0.entry.isEmpty }) { worth += 500 }
    if !work.isEmpty { worth += 200 }
    switch request?.body {
    case .structured, .text: worth += 100
    case .dropped, nil: worth += request == nil ? 0 : 50
    }
    let values = frames.flatMap(\.variables)
    let exact = values.count { $0.value.isExact }
    return worth + (values.isEmpty ? 0 : exact * 49 / values.count)
  }
}
