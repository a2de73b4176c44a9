import Foundation

/// Seeds for a property test: 1 to `count`, or as many further on as `CHAIRSIDE_SEED_START` says.
///
/// `make fuzz` and `make soak` move the start on and on; a failing test names its seed.
public func seeds(_ count: UInt64) -> [UInt64] {
  let start =
    ProcessInfo.processInfo.environment["CHAIRSIDE_SEED_START"].flatMap(UInt64.init) ?? 1
  return Array(start..<start + count)
}
