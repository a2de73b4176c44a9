public import Drivers
public import Testing

extension Model: CustomTestStringConvertible {
  public var testDescription: String { id }
}
