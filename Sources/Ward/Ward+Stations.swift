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
    guard case .confirmed(let chair, let alarm, let revision) = word,
      book.confirming.contains(station)
    else { return }
    if let index = chairs.firstIndex(where: { $0.id == chair }) {
      chairs[index].desk.alarms.confirm(alarm: alarm, revision: revision, by: station, at: now) {
        emit(now, .event(chair, .audit($0)))
      }
      settleDesk(of: index, at: now, emit: emit)
    } else if chair == .ward {
      desk.confirm(alarm: alarm, revision: revision, by: station, at: now) {
        emit(now, .event(.ward, .audit($0)))
      }
      settleWardDesk(at: now, emit: emit)
    }
  }

  /// Tells everybody what became of stations.
  mutating func take(
    _ news: [StationBook.News], at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    for one in news {
      switch one {
      case .resumed(let station, let why):
        emit(now, .event(.ward, .audit(.stationAudioResumed(station, why))))
      case .reminder(let station):
        let words = ["station \(station) audioPaused"]
        emit(now, .event(.ward, .audit(.inactivationReminder(words))))
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
    for (at, event) in news {
      chairs[index].desk.alarms.take(event, at: at) { emit(at, .event(id, .audit($0))) }
      // A new HIGH is heard at every station.
      if case .alarm(let change) = event, change.alarm.priority == .high,
        change.step == .raised || change.step == .escalated
      {
        for station in book.resume() {
          emit(at, .event(.ward, .audit(.stationAudioResumed(station, .newHigh))))
        }
      }
    }
    settleDesk(of: index, at: now, emit: emit)
  }

  private mutating func settleDesk(
    of index: Int, isSilence: Bool = false, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    let session = chairs[index].monitor.session
    let reach = ChairDesk.Reach(
      confirming: book.confirming, isAnyLinked: !book.linked.isEmpty,
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
    guard desk.deliveries.isOverdue != isDeskUndelivered else { return }
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
