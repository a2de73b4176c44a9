import Hummingbird
import HummingbirdHTTP2
import Logging
import ServiceLifecycle
public import Vitals

/// How other machines reach the station: over TLS, with logins.
public struct SecureDoor: Sendable {
  let address: String
  let port: Int
  let certificate: String
  let privateKey: String
  let names: Set<String>
  let key: PassKey
  let ended: Set<String>
  let noteEnd: @Sendable (Pass) -> Void
  let now: @Sendable () -> WallTime

  /// - Parameters:
  ///   - address: where to listen; `0.0.0.0` for everywhere.
  ///   - certificate: the station's certificate and what it hangs on, in PEM.
  ///   - privateKey: its key, in PEM.
  ///   - names: host names and addresses by which the station may be opened.
  ///   - key: what seals the passes.
  ///   - ended: the nonces of passes whose holders have logged out.
  ///   - noteEnd: keeps one more of them; called when somebody logs out.
  ///   - now: the wall clock, for the age of passes.
  public init(
    address: String, port: Int, certificate: String, privateKey: String, names: Set<String>,
    key: PassKey, ended: Set<String>, noteEnd: @escaping @Sendable (Pass) -> Void,
    now: @escaping @Sendable () -> WallTime
  ) {
    (self.address, self.port) = (address, port)
    (self.certificate, self.privateKey, self.names) = (certificate, privateKey, names)
    (self.key, self.ended, self.noteEnd, self.now) = (key, ended, noteEnd, now)
  }

  /// HTTP/2 where the client can, HTTP/1.1 otherwise.
  func application(
    _ router: Router<StationContext>, _ logger: Logger
  ) throws -> some Service {
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
        .certificate($0)
      },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)))
    tls.minimumTLSVersion = .tlsv12
    return Application(
      router: router, server: try .http2Upgrade(tlsConfiguration: tls),
      configuration: ApplicationConfiguration(
        address: .hostname(address, port: port), serverName: "chairside"),
      onServerRunning: { channel in
        logger.notice("station at https://\(address):\(channel.localAddress?.port ?? port)/wall")
      }, logger: logger)
  }
}
