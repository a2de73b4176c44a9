// Numbers and times as text. Pure: no clock, no document.

/** What stands where no fresh number is known. */
export const DASH = '--';

/** A whole number, or dashes for anything that is not one. */
export function number(value) {
  return Number.isFinite(value) ? String(Math.round(value)) : DASH;
}

/** One decimal, or dashes: perfusion index. */
export function decimal(value) {
  return Number.isFinite(value) ? value.toFixed(1) : DASH;
}

/** `119/71`, or dashes when either half is missing: half a pressure is none. */
export function pressure(systolic, diastolic) {
  const complete = Number.isFinite(systolic) && Number.isFinite(diastolic);
  return complete ? `${number(systolic)}/${number(diastolic)}` : DASH;
}

/** A running duration, `0:42`, `12:40`, `1:02:03`; never negative. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Time still to go. Rounded up, so that `0:00` means over and not almost over. */
export function remaining(seconds) {
  return Number.isFinite(seconds) ? duration(Math.ceil(seconds)) : '';
}

/** The age of an intermittent reading, `40 s`, `3 min`, `1 h 05`. Rounded down like any age. */
export function age(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** Whole minutes since a phase began, as monitors write them: `24′`. */
export function minute(seconds) {
  return Number.isFinite(seconds) ? `${Math.max(0, Math.floor(seconds / 60))}′` : '';
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `14:03:27` in the zone of this screen, from milliseconds since 1970. */
export function clock(milliseconds) {
  return Number.isFinite(milliseconds) ? timeOfDay.format(milliseconds) : '--:--:--';
}

/** A range of limits, `92–100`, `50–120`; an open end is left out: `< 160`, `> 92`. */
export function range(low, high) {
  if (Number.isFinite(low) && Number.isFinite(high)) return `${low}–${high}`;
  if (Number.isFinite(low)) return `≥ ${low}`;
  if (Number.isFinite(high)) return `< ${high}`;
  return '';
}
