/// Shapes of a drawing.
enum Draw {
  static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, width: Double = 0.5,
    colour: StaticString = "#000", dashes: StaticString = "none"
  ) -> HTML {
    .element(
      "line",
      [
        Attribute("x1", ChartPlane.short(x1)), Attribute("y1", ChartPlane.short(y1)),
        Attribute("x2", ChartPlane.short(x2)), Attribute("y2", ChartPlane.short(y2)),
        Attribute("stroke", "\(colour)"), Attribute("stroke-width", ChartPlane.short(width)),
        Attribute("stroke-dasharray", "\(dashes)"),
      ])
  }

  static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: StaticString,
    source: Source? = nil
  ) -> HTML {
    .element(
      "rect",
      [
        Attribute("x", ChartPlane.short(x)), Attribute("y", ChartPlane.short(y)),
        Attribute("width", ChartPlane.short(width)), Attribute("height", ChartPlane.short(height)),
        Attribute("fill", "\(fill)"), Attribute("stroke", "#000"),
        Attribute("stroke-width", "0.4"),
      ] + (source.map { [.source($0)] } ?? []))
  }

  /// A path in seconds and values.
  static func data(
    _ path: String, on plane: ChartPlane, width: Double, dashes: StaticString = "none",
    source: String
  ) -> HTML {
    .element(
      "path",
      [
        Attribute("d", path), Attribute("transform", plane.transform), Attribute("fill", "none"),
        Attribute("stroke", "#000"), Attribute("stroke-width", ChartPlane.short(width)),
        Attribute("stroke-dasharray", "\(dashes)"), Attribute("stroke-linecap", "round"),
        Attribute("stroke-linejoin", "round"), Attribute("vector-effect", "non-scaling-stroke"),
        Attribute("data-source", source),
      ])
  }

  enum Anchor: String { case start, middle, end }

  static func text(_ x: Double, _ y: Double, _ content: HTML, anchor: Anchor = .start) -> HTML {
    .element(
      "text",
      [
        Attribute("x", ChartPlane.short(x)), Attribute("y", ChartPlane.short(y)),
        Attribute("text-anchor", anchor.rawValue),
      ], [content])
  }

  /// The mark of an alarm by its priority: shapes, since a print may have no colours.
  static func mark(_ x: Double, _ y: Double, priority: String?) -> HTML {
    let path =
      switch priority {
      case "high": "M\(ChartPlane.short(x - 4)) \(ChartPlane.short(y + 3.5))h8l-4 -7z"
      case "medium": "M\(ChartPlane.short(x - 3)) \(ChartPlane.short(y - 3))h6v6h-6z"
      default: "M\(ChartPlane.short(x - 3)) \(ChartPlane.short(y))a3 3 0 1 0 6 0a3 3 0 1 0 -6 0"
      }
    return .element(
      "path",
      [Attribute("d", path), Attribute("fill", "#000"), Attribute("stroke", "none")])
  }
}
