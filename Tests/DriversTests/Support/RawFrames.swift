import Drivers
import TestKit

// Raw frames from the hexadecimal of `protocols.md`. `#require` cannot take a span.

extension FiveByteFrame {
  init?(hex text: String) { self.init(hex(text).span) }
}

extension ContecV7Live {
  init?(hex text: String) { self.init(hex(text).span) }
}

extension ContecV7Command {
  init?(hex text: String) { self.init(hex(text).span) }
}

extension NoninSecond {
  init?(hex text: String) { self.init(hex(text).span) }
}

extension NoninFrame {
  init?(hex text: String, format: Format) { self.init(hex(text).span, format: format) }
}

extension SunTechReply {
  init?(hex text: String) { self.init(hex(text).span) }
}

extension SunTechResult {
  init?(hex text: String) {
    guard case .result(let result) = SunTechReply(hex: text) else { return nil }
    self = result
  }
}
