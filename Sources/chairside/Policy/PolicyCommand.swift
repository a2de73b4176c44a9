import ArgumentParser

/// `chairside policy`: limits and delays as files.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Show, compare and check policies.",
    discussion: """
      A policy is a YAML or JSON file; what it does not name is as in adult-ketamine-default-1, which \
      is built in and may be named in place of a file.
      """,
    subcommands: [PolicyShow.self, PolicyDiff.self, PolicyCheck.self])
}
