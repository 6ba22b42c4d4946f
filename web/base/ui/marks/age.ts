import { DAY, HOUR, MINUTE, SECOND } from '../../../../shared/base/time.ts'

/** An age as a key of `age.*` and its figures: "2 d 4 h" while that matters, one unit otherwise. */
export interface AgeWords {
  readonly key: 'seconds' | 'minutes' | 'hours' | 'hoursMinutes' | 'days' | 'daysHours'
  readonly n: number
  readonly m: number
}

/** @param ms Negative (clocks apart) counts as nothing. */
export function ageWords(ms: number): AgeWords {
  const age = Math.max(0, ms)
  const whole = (unit: number): number => Math.floor(age / unit)
  if (age < MINUTE) return { key: 'seconds', n: whole(SECOND), m: 0 }
  if (age < HOUR) return { key: 'minutes', n: whole(MINUTE), m: 0 }
  if (age < DAY) {
    const m = whole(MINUTE) % 60
    return age < 6 * HOUR && m > 0
      ? { key: 'hoursMinutes', n: whole(HOUR), m }
      : { key: 'hours', n: whole(HOUR), m: 0 }
  }
  const m = whole(HOUR) % 24
  return age < 3 * DAY && m > 0
    ? { key: 'daysHours', n: whole(DAY), m }
    : { key: 'days', n: whole(DAY), m: 0 }
}
