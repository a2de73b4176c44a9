import Monitoring
import Recording
import Records
import Settings
import Store
import Vitals
import Ward

extension Run {
  /// A start of this software, now.
  init(
    boot: String, instant: Instant, speed: Double, settings: Settings, plan: WardPlan,
    names: [StaffID: String]
  ) {
    self.init(
      boot: boot, boottimeNanoseconds: WardClock.boottimeNanoseconds, instant: instant,
      wall: WardClock.wall, speed: speed, software: Daemon.version,
      policyID: plan.policy.policyID, staff: PlanText.staff(plan.roster),
      limits: PlanText.limits(plan.policy), site: settings.site,
      policyText: PolicyText.canonical(plan.policy),
      names: Dictionary(
        names.map { ($0.key.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }
}
