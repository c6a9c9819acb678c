const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * An instant as RFC 3339 writes it, the seconds optional, in milliseconds since the epoch. Undefined
 * for anything else, and for a day or hour that no calendar has: 30 February is a mistake, not 2 March.
 */
export function readInstant(text: string): number | undefined {
  const match = RFC_3339.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const [offsetHours = 0, offsetMinutes = 0] = match.slice(9).map((part) => Number(part ?? 0));
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const onCalendar = month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
  const onClock = hour <= 23 && minute <= 59 && second <= 59;
  if (!onCalendar || !onClock || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const sign = match[8] === '-' ? -1 : 1;
  const offset = sign * (offsetHours * 60 + offsetMinutes);
  const thousandths = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute - offset, second, thousandths);
}
