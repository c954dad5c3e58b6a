import Testing

/// The real binary on real repositories, one after another: each run has limits of time, which a
/// crowded machine would reach for reasons of its own.
@Suite(.serialized) struct EndToEnd {}
