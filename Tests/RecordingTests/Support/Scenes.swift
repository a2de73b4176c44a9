import Foundation
import Drivers
import Recording
import TestKit
import Vitals

/// The scene files of `fixtures/scenes`.
enum Scenes {
  static let names = Fixtures.paths(below: "fixtures/scenes", suffix: ".json").map {
    String($0.split(separator: "/").last!.dropLast(5))
  }

  static func read(_ name: String) throws -> Scene {
    try Scene(text: try Fixtures.text("fixtures/scenes/\(name).json"), file: "\(name).json")
  }

  static func play(
    _ name: String, through drivers: [String] = [], until last: Int? = nil,
    plugged: Int = -SceneScript.preparationSeconds
  ) throws -> (play: ScenePlayer.Play, scene: Scene, models: [Model]) {
    let scene = try read(name)
    let models = drivers.compactMap(Catalog.model(id:))
    var player = try ScenePlayer(scene, chair: ChairID("7")!, through: models)
    return (player.play(until: last, plugged: plugged), scene, models)
  }
}
