import FoundationEssentials

/// Signatures inside the JSON objects that they sign: the field `sig` is over the canonical text of
/// all others.
extension JSONValue {
  /// The object with its signature; `nil` for what is no object.
  public func signed(by key: SiteKey) -> JSONValue? {
    let content = without("sig")
    guard content.object != nil, let signature = key.signature(of: Array(content.canonical.utf8))
    else { return nil }
    let text = SitePublicKey.tag + Data(signature).base64EncodedString()
    return content.with("sig", .text(text))
  }

  /// Whether this site signed exactly these fields.
  public func isSigned(by key: SitePublicKey) -> Bool {
    guard let text = self["sig"]?.text, text.hasPrefix(SitePublicKey.tag),
      let signature = Data(base64Encoded: String(text.dropFirst(SitePublicKey.tag.count))),
      // One signature has one text: base64 itself would let its last bits be anything.
      text == SitePublicKey.tag + signature.base64EncodedString()
    else { return false }
    return key.isValid(Array(signature), of: Array(without("sig").canonical.utf8))
  }
}
