const COUNT = new Intl.NumberFormat('en');
const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** 12345 is 12,345. */
export function count(number) {
  return COUNT.format(number);
}

/** 0.667 is 67%. */
export function percent(share) {
  return PERCENT.format(share);
}

/** A text short enough to be listened to. */
export function brief(text) {
  const signs = [...text];
  return signs.length > 160 ? `${signs.slice(0, 160).join('')}…` : text;
}

/** Milliseconds as 0.3 s, 2.4 s, 1 min 05 s. */
export function seconds(milliseconds) {
  const whole = Math.floor(milliseconds / 1000);
  return whole < 60
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** The same, but less than a second as 340 ms. */
export function duration(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : seconds(milliseconds);
}

/** Bytes as 640 KB, 6.4 GB. */
export function bytes(number) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = number;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Seconds as 3 d 4 h, 4 h 12 min, 12 min. */
export function uptime(total) {
  const minutes = Math.floor(total / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) {
    return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : minutes > 0 ? `${minutes} min` : `${total} s`;
}

/** A time of the server's as date and time here. */
export function moment(iso) {
  return MOMENT.format(new Date(iso));
}

/** As 10:42:05. */
export function clock(date) {
  return CLOCK.format(date);
}

/** As 10:42. */
export function minute(iso) {
  return MINUTE.format(new Date(iso));
}
