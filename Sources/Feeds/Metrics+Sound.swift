/// How the server's own loudspeaker does.
extension Metrics {
  /// - Parameters:
  ///   - isReady: whether it can sound, as far as is known.
  ///   - bursts: how many it has sounded since the start.
  ///   - failures: how many attempts have failed.
  public static func text(hostSound isReady: Bool, bursts: Int, failures: Int) -> String {
    var page = Page()
    page.family("chairside_host_sound_up", "gauge", "Whether the server's loudspeaker can sound.")
    page.sample("chairside_host_sound_up", [:], isReady ? 1 : 0)
    page.family("chairside_host_bursts_total", "counter", "Bursts sounded by the server.")
    page.sample("chairside_host_bursts_total", [:], bursts)
    page.family(
      "chairside_host_sound_failures_total", "counter", "Attempts to sound that failed.")
    page.sample("chairside_host_sound_failures_total", [:], failures)
    return page.text
  }
}
