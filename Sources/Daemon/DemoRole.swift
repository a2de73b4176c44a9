import Drivers
import Documents
import Recording
import Vitals

/// One chair of the demo: a scene, the devices it comes through, and how far it has got.
struct DemoRole {
  let chair: ChairID
  let scene: Scene
  let models: [Model]
  /// Seconds after dose start at which the demo begins.
  let begun: Int

  /// The six chairs: one desaturates, one probe falls off, one has a pressor peak, one is in
  /// observation and becomes ready, two are quiet.
  static func cast() throws(Complaint) -> [DemoRole] {
    var roles: [DemoRole] = []
    for part in parts {
      guard let chair = ChairID(part.chair) else { continue }
      let scene = try Scene(text: part.scene, file: "demo scene of chair \(part.chair)")
      let models = [part.oximeter, "suntech"].compactMap(Catalog.model(id:))
      roles.append(DemoRole(chair: chair, scene: scene, models: models, begun: part.start))
    }
    return roles
  }

  private typealias Part = (chair: String, oximeter: String, start: Int, scene: String)

  private static let parts: [Part] = [
    (
      "1", "contec-v7", 880,
      """
      id: D1
      title: airway obstruction, SpO2 97 to 84 in 40 s
      baseline: {spo2: 97, pr: 74, sbp: 124, dbp: 76}
      start: 0
      end: 2700
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 97], [900, 97], [940, 84], [1030, 84], [1060, 95], [1080, 97]]
      pr: [[0, 78], [900, 80], [940, 94], [1080, 82]]
      pi: [[0, 2.0]]
      nibp:
        - {start: 300, done: 335, sbp: 128, dbp: 79, pr: 78}
        - {start: 600, done: 635, sbp: 133, dbp: 82, pr: 80}
        - {start: 1200, done: 1235, sbp: 136, dbp: 83, pr: 82}
        - {start: 1500, done: 1535, sbp: 137, dbp: 84, pr: 82}
        - {start: 1800, done: 1835, sbp: 135, dbp: 83, pr: 81}
        - {start: 2100, done: 2135, sbp: 132, dbp: 81, pr: 80}
        - {start: 2400, done: 2435, sbp: 130, dbp: 80, pr: 79}
      schedule: [300, 600, 1200, 1500, 1800, 2100, 2400]
      expect: []
      never: []
      anchor: 2400
      """
    ),
    (
      "2", "nonin-7", 570,
      """
      id: D2
      title: probe pulled off while adjusting the eye mask
      baseline: {spo2: 98, pr: 78, sbp: 120, dbp: 74}
      start: 0
      end: 2700
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 98]]
      pr: [[0, 82]]
      pi: [[0, 2.4]]
      nibp:
        - {start: 300, done: 335, sbp: 126, dbp: 78, pr: 82}
        - {start: 780, done: 815, sbp: 130, dbp: 80, pr: 83}
        - {start: 1080, done: 1115, sbp: 133, dbp: 82, pr: 84}
        - {start: 1380, done: 1415, sbp: 136, dbp: 84, pr: 85}
        - {start: 1680, done: 1715, sbp: 135, dbp: 83, pr: 84}
        - {start: 1980, done: 2015, sbp: 132, dbp: 81, pr: 83}
        - {start: 2280, done: 2315, sbp: 130, dbp: 80, pr: 82}
      flags: {sensorOff: [[600, 720]]}
      schedule: [300, 780, 1080, 1380, 1680, 1980, 2280]
      expect: []
      never: []
      anchor: 2400
      """
    ),
    (
      "3", "contec-5", 1450,
      """
      id: D3
      title: transient pressor peak
      baseline: {spo2: 98, pr: 76, sbp: 124, dbp: 78}
      start: 0
      end: 2700
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 98]]
      pr: [[0, 76], [1500, 92], [2400, 84]]
      pi: [[0, 2.2]]
      nibp:
        - {start: 300, done: 335, sbp: 138, dbp: 84, pr: 80}
        - {start: 600, done: 635, sbp: 150, dbp: 90, pr: 84}
        - {start: 900, done: 935, sbp: 158, dbp: 94, pr: 87}
        - {start: 1200, done: 1235, sbp: 164, dbp: 98, pr: 90}
        - {start: 1480, done: 1515, sbp: 168, dbp: 101, pr: 92}
        - {start: 1780, done: 1815, sbp: 162, dbp: 96, pr: 90}
        - {start: 2080, done: 2115, sbp: 152, dbp: 90, pr: 87}
      schedule: [300, 600, 900, 1200, 1480, 1780, 2080]
      expect: []
      never: []
      anchor: 2400
      """
    ),
    (
      "4", "nonin-8", 4110,
      """
      id: D4
      title: uneventful session, in observation, nearly ready
      baseline: {spo2: 98, pr: 72, sbp: 122, dbp: 76}
      start: 0
      end: 7200
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 98], [900, 97], [2400, 97], [3000, 98]]
      pr: [[0, 72], [1500, 84], [2400, 80], [4200, 74]]
      pi: [[0, 2.8]]
      nibp:
        - {start: 300, done: 335, sbp: 126, dbp: 79, pr: 76}
        - {start: 900, done: 935, sbp: 138, dbp: 85, pr: 80}
        - {start: 1500, done: 1535, sbp: 144, dbp: 88, pr: 84}
        - {start: 2100, done: 2135, sbp: 138, dbp: 84, pr: 81}
        - {start: 2400, done: 2435, sbp: 134, dbp: 82, pr: 80}
        - {start: 3000, done: 3035, sbp: 128, dbp: 79, pr: 77}
        - {start: 3600, done: 3635, sbp: 125, dbp: 78, pr: 75}
        - {start: 4060, done: 4095, sbp: 124, dbp: 77, pr: 74}
        - {start: 4500, done: 4535, sbp: 123, dbp: 76, pr: 73}
      schedule: [300, 900, 1500, 2100, 2400, 3000, 3600, 4500]
      expect: []
      never: []
      anchor: 2400
      """
    ),
    (
      "5", "bci", 400,
      """
      id: D5
      title: quiet infusion
      baseline: {spo2: 99, pr: 66, sbp: 116, dbp: 70}
      start: 0
      end: 2700
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 99], [600, 98], [1800, 99]]
      pr: [[0, 66], [1500, 74], [2400, 70]]
      pi: [[0, 3.1]]
      nibp:
        - {start: 300, done: 335, sbp: 121, dbp: 73, pr: 68}
        - {start: 600, done: 635, sbp: 124, dbp: 75, pr: 70}
        - {start: 900, done: 935, sbp: 127, dbp: 77, pr: 72}
        - {start: 1200, done: 1235, sbp: 130, dbp: 79, pr: 73}
        - {start: 1500, done: 1535, sbp: 131, dbp: 80, pr: 74}
        - {start: 1800, done: 1835, sbp: 128, dbp: 78, pr: 73}
        - {start: 2100, done: 2135, sbp: 125, dbp: 76, pr: 72}
      schedule: [300, 600, 900, 1200, 1500, 1800, 2100]
      expect: []
      never: []
      anchor: 2400
      """
    ),
    (
      "6", "nonin-2", 1000,
      """
      id: D6
      title: quiet infusion
      baseline: {spo2: 97, pr: 70, sbp: 128, dbp: 80}
      start: 0
      end: 2700
      phases: [[0, infusing], [2400, observation]]
      spo2: [[0, 97], [900, 96], [2000, 97]]
      pr: [[0, 70], [1500, 80], [2400, 76]]
      pi: [[0, 2.6]]
      nibp:
        - {start: 300, done: 335, sbp: 132, dbp: 82, pr: 74}
        - {start: 600, done: 635, sbp: 136, dbp: 84, pr: 77}
        - {start: 900, done: 935, sbp: 139, dbp: 86, pr: 79}
        - {start: 1200, done: 1235, sbp: 141, dbp: 87, pr: 80}
        - {start: 1500, done: 1535, sbp: 142, dbp: 88, pr: 80}
        - {start: 1800, done: 1835, sbp: 140, dbp: 86, pr: 79}
        - {start: 2100, done: 2135, sbp: 137, dbp: 84, pr: 78}
      schedule: [300, 600, 900, 1200, 1500, 1800, 2100]
      expect: []
      never: []
      anchor: 2400
      """
    ),
  ]
}
