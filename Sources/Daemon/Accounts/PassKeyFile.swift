import Glibc
import Secrets
import Station
import Store

/// The file `PATH.passes` beside a log: what seals the passes of people who have logged in.
///
/// Made at the first start. Whoever reads it can look at the wall as anybody, so only the service user
/// may; without it everybody logs in anew.
enum PassKeyFile {
  static func readOrCreate(log: String) throws(StoreError) -> PassKey {
    let path = log + ".passes"
    if access(path, F_OK) == 0 {
      let bytes = Array(try TextFile.read(path).utf8)
      if bytes.count >= 64 { return PassKey(bytes) }
    }
    let text = Randomness.bytes(32).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    try TextFile.replace(path, text, mode: 0o600, isDurable: true)
    return PassKey(Array(text.utf8))
  }
}
