/// Puts the linked results of one poll together.
///
/// A long answer comes as a row of linked results and, behind them, a plain one. Where one of them
/// is lost the whole answer is: half of it would look like a sensor that was pulled out.
struct IntelliVueSeries: Sendable {
  private struct Row {
    let invoke: UInt16
    var link: IntelliVueResult.Link
    var numerics: IntelliVueNumerics
  }

  private var row: Row?
  /// Whether a part of the answer that is due may be missing.
  private var isBroken = false

  /// Takes one frame; returns all the numbers when it is the last of its answer.
  mutating func take(_ result: IntelliVueResult) -> IntelliVueNumerics? {
    if let link = result.link {
      continueRow(result, link)
      return nil
    }
    defer { (row, isBroken) = (nil, false) }
    guard var row, row.invoke == result.invoke else {
      let isWhole = !isBroken || result.numerics.saturation != nil
      return isWhole ? result.numerics : nil
    }
    guard row.link.isLast else { return nil }
    row.numerics.merge(result.numerics)
    return row.numerics
  }

  private mutating func continueRow(_ result: IntelliVueResult, _ link: IntelliVueResult.Link) {
    if link.isFirst {
      row = Row(invoke: result.invoke, link: link, numerics: result.numerics)
      isBroken = false
    } else if row?.invoke == result.invoke, row?.link.count == link.count &- 1 {
      row?.link = link
      row?.numerics.merge(result.numerics)
    } else {
      losePlace()
    }
  }

  /// A frame may have been lost.
  mutating func losePlace() {
    row = nil
    isBroken = true
  }
}
