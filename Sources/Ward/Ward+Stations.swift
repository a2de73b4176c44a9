import Monitoring
import Vitals

/// Stations, and the way of every alarm to people (`clinical.md` 3.7 to 3.9).
extension Ward {
  mutating func hear(
    _ word: StationWord, from station: StaffID, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    take(book.hear(word, from: station, at: now), at: now, emit: emit)
    // Of a station that is not linked nothing can be relied on.
    guard book.confirming.contains(station) else { return }
    switch word {
    case .confirmed(let chair, let alarm, let revision):
      receive(from: chair, at: now, emit: emit) {
        $0.confirm(alarm: alarm, revision: revision, by: station, at: now)
      }
    case .sounded(let chair, let alarm, let revision) where book.audible.contains(station):
      receive(from: chair, at: now, emit: emit) {
        $0.sounded(alarm: alarm, revision: revision, by: station, at: now)
      }
    case .hello, .heartbeat, .goodbye, .sound, .sounded: break
    }
  }

  /// A receipt for an alarm of a chair, or of the ward itself.
  private mutating func receive(
    from chair: ChairID, at now: Instant, emit: (Instant, WardOutput) -> Void,
    _ body: (inout AlarmDesk) -> AuditEntry?
  ) {
    if let index = chairs.firstIndex(where: { $0.id == chair }) {
      if let entry = body(&chairs[index].desk.alarms) { emit(now, .event(chair, .audit(entry))) }
      settleDesk(of: index, at: now, emit: emit)
    } else if chair == .ward {
      if let entry = body(&desk) { emit(now, .event(.ward, .audit(entry))) }
      settleWardDesk(at: now, emit: emit)
    }
  }

  /// Tells everybody what became of stations.
  mutating func take(
    _ news: [StationBook.News], at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    var isAnyResumed = false
    for one in news {
      switch one {
      case .resumed(let station, let why):
        emit(now, .event(.ward, .audit(.stationAudioResumed(station, why))))
        isAnyResumed = true
      case .reminder(let station):
        let words = ["station \(station) audioPaused"]
        emit(now, .event(.ward, .audit(.inactivationReminder(words))))
      case .sound(let station, let sound):
        emit(now, .event(.ward, .audit(.stationSound(station, sound))))
        if !sound.reachesPeople { hush(station) }
        settleDesks(at: now, emit: emit)
      case .change(let station, let change):
        emit(now, .event(.ward, .station(station, change)))
        // One that is gone shows nothing any more, and one that has just come nothing yet.
        desk.lose(station)
        let count = book.linked.count
        for index in chairs.indices {
          chairs[index].desk.alarms.lose(station)
          settleDesk(of: index, isSilence: change == .lost, at: now, emit: emit)
          withChair(at: index, at: now, emit) { chair, news in
            chair.take(.stations(count), at: now) { news.note($0, $1, emit) }
          }
        }
      }
    }
    // Not before the others are dealt with: a station may have fallen silent at the same instant.
    if isAnyResumed { settleDesks(at: now, emit: emit) }
    settleLostStations(at: now, emit: emit)
  }

  mutating func advanceStations(to due: Instant, emit: (Instant, WardOutput) -> Void) {
    guard let next = earliest(book.nextDeadline, desk.nextDeadline), next <= due else { return }
    take(book.advance(to: due), at: due, emit: emit)
    desk.advance(to: due) { emit(due, .event(.ward, .audit($0))) }
    settleWardDesk(at: due, emit: emit)
  }

  mutating func advanceDesk(
    of index: Int, to due: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    // The desk saw whatever was decided at the chair; by itself it changes at its own deadline only.
    guard let next = chairs[index].desk.alarms.nextDeadline, next <= due else { return }
    let id = chairs[index].id
    chairs[index].desk.alarms.advance(to: due) { emit(due, .event(id, .audit($0))) }
    settleDesk(of: index, at: due, emit: emit)
  }

  /// Lets a chair's desk see what was decided at the chair.
  mutating func tellDesk(
    of index: Int, _ news: [(at: Instant, event: ChairEvent)], at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    let id = chairs[index].id
    var isAnyResumed = false
    for (at, event) in news {
      chairs[index].desk.alarms.take(event, at: at) { emit(at, .event(id, .audit($0))) }
      // A new HIGH is heard at every station.
      if case .alarm(let change) = event, change.alarm.priority == .high,
        change.step == .raised || change.step == .escalated
      {
        for station in book.resume() {
          emit(at, .event(.ward, .audit(.stationAudioResumed(station, .newHigh))))
          isAnyResumed = true
        }
      }
    }
    if isAnyResumed {
      settleDesks(at: now, emit: emit)
    } else {
      settleDesk(of: index, at: now, emit: emit)
    }
  }

  private mutating func settleDesk(
    of index: Int, isSilence: Bool = false, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    let session = chairs[index].monitor.session
    let reach = ChairDesk.Reach(
      confirming: book.confirming, audible: book.audible, silent: book.silent,
      paused: book.paused, isAnyLinked: !book.linked.isEmpty,
      isMonitored: session?.phase.isMonitored == true, owner: session?.owner)
    let id = chairs[index].id
    let news = chairs[index].desk.settle(reach, isSilence: isSilence, at: now) {
      emit(now, .event(id, .audit($0)))
    }
    for one in news {
      withChair(at: index, at: now, emit) { chair, news in
        chair.take(.link(one), at: now) { news.note($0, $1, emit) }
      }
    }
    updateDeadline(of: index)
  }

  /// `STATION_LINK` of the ward: a station fell silent, whether or not others show the chairs.
  private mutating func settleLostStations(
    at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    let isLost = !book.lost.isEmpty
    guard isLost != (wardAlarms[.stationLink] != nil) else { return }
    changeWardAlarms(at: now, emit: emit) {
      if isLost {
        $0.raise(.stationLink, .medium, at: now, emit: $1)
      } else {
        $0.end(.stationLink, emit: $1)
      }
    }
  }

  private mutating func hush(_ station: StaffID) {
    desk.hush(station)
    for index in chairs.indices { chairs[index].desk.alarms.hush(station) }
  }

  /// The sound of stations has changed: what may be expected of them has, too.
  mutating func settleDesks(at now: Instant, emit: (Instant, WardOutput) -> Void) {
    for index in chairs.indices { settleDesk(of: index, at: now, emit: emit) }
    settleWardDesk(at: now, emit: emit)
  }

  mutating func changeWardAlarms(
    at now: Instant, emit: (Instant, WardOutput) -> Void,
    _ body: (inout WardAlarms, (AlarmChange) -> Void) -> Void
  ) {
    var changes: [AlarmChange] = []
    body(&wardAlarms) { changes.append($0) }
    for change in changes {
      emit(now, .event(.ward, .alarm(change)))
      desk.take(.alarm(change), at: now) { emit(now, .event(.ward, .audit($0))) }
    }
    if !changes.isEmpty { settleWardDesk(at: now, emit: emit) }
  }

  private mutating func settleWardDesk(at now: Instant, emit: (Instant, WardOutput) -> Void) {
    let isWatching = chairs.contains { $0.monitor.session?.phase.isMonitored == true }
    desk.expect(
      !book.confirming.isEmpty || book.linked.isEmpty && isWatching,
      anybodyShows: !book.confirming.isEmpty, at: now)
    desk.expectSound(!book.audible.subtracting(book.paused).isEmpty, at: now)
    guard desk.isOverdue != isDeskUndelivered else { return }
    isDeskUndelivered.toggle()
    let isUndelivered = isDeskUndelivered
    changeWardAlarms(at: now, emit: emit) {
      if isUndelivered {
        $0.raise(.notDelivered, .medium, at: now, emit: $1)
      } else {
        $0.end(.notDelivered, emit: $1)
      }
    }
  }
}
