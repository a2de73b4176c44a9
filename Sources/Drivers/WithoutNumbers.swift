import Vitals

extension SignalStatus {
  /// With any of these there is nothing to measure, whatever digits the device still shows:
  /// ``offPatient``, ``searching``, ``nonPulsatile``, ``demonstration``.
  ///
  /// As bits, because what is computed from another module's constants is looked up anew with
  /// every frame.
  static let withoutNumbers = SignalStatus(rawValue: 0b10_0000_0001_1111)
}
