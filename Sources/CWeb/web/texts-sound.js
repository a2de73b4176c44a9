// What a person reads about sound; part of texts.js.

export const soundTexts = {
  soundBanner: 'Sound of this station',
  soundOff: 'SOUND IS OFF - press to turn on',
  soundHeard: 'Heard it?',
  yes: 'Yes',
  no: 'No',
  soundBlocked: 'This browser lets no sound out. Check its settings and the loudspeaker, then press again.',
  soundNotHeard: 'Check the loudspeaker and its volume, then press again.',
  soundOn: (time, name) => `Sound on · checked ${time} by ${name}`,
  soundIsOff: 'SOUND OFF',
  pauseStation: 'Pause this station 2 min',
  resumeStation: 'Resume sound of this station',
  resumeShort: 'Resume',
  stationPaused: (time) => `This station paused ${time}`,
  nobodyHeard: 'NO STATION CAN BE HEARD. Turn on the sound of a station.',
  hostSilent: (reason) => `The server cannot sound alarms${reason ? ` (${reason})` : ''}.`,
  lostPaused: (time) => `Sound paused ${time}`,
  lostSilent: 'This screen has no sound.',
  lostPause: 'Pause this sound 2 min',
};
