/// A 16-bit decimal number of IEEE 11073-20601: mantissa × 10 to the exponent.
///
/// The top four bits are the exponent, the low twelve the mantissa, both signed. Five values are
/// no numbers: not a number, not at this resolution, the infinities, and one reserved.
public struct SFloat: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Creates a number, or `nil` when it does not fit or would read as none.
  public init?(mantissa: Int, exponent: Int = 0) {
    guard (-2048...2047).contains(mantissa), (-8...7).contains(exponent) else { return nil }
    rawValue =
      UInt16(truncatingIfNeeded: exponent) << 12 | UInt16(truncatingIfNeeded: mantissa) & 0x0FFF
    if value == nil { return nil }
  }

  /// Says that there is no value.
  public static let notANumber = SFloat(rawValue: 0x07FF)

  private static let powers: [9 of Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]

  /// The number; `nil` for the five special values.
  public var value: Double? {
    switch rawValue {
    case 0x07FE...0x0802: return nil
    default: break
    }
    let mantissa = Double(Int16(bitPattern: rawValue << 4) >> 4)
    let exponent = Int(Int16(bitPattern: rawValue) >> 12)
    return exponent < 0
      ? mantissa / Self.powers[-exponent] : mantissa * Self.powers[exponent]
  }
}
