/** Minutes and seconds, `3:07`; from an hour on `1:02:07`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (count: number): string => String(count).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours === 0 ? `${minutes}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}

/** How long something took, in milliseconds, as a clock; what is under a second says so. */
export function durationText(ms: number): string {
  return ms < 1000 ? '< 0:01' : clockText(ms / 1000);
}
