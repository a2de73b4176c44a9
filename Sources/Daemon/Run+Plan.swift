import Monitoring
import Recording
import Records
import Settings
import Store
import Vitals
import Ward

extension Run {
  /// A start of this software, now.
  init(boot: String, instant: Instant, speed: Double, settings: Settings, plan: WardPlan) {
    self.init(
      boot: boot, boottimeNanoseconds: WardClock.boottimeNanoseconds, instant: instant,
      wall: WardClock.wall, speed: speed, software: Daemon.version,
      policyID: plan.policy.policyID, staff: PlanText.staff(plan.roster),
      limits: PlanText.limits(plan.policy), site: settings.site,
      policyText: PolicyText.canonical(plan.policy),
      names: Dictionary(
        settings.staff.map { ($0.id.name, $0.name) }, uniquingKeysWith: { first, _ in first }))
  }
}
