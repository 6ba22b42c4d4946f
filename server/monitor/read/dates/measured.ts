/** So many of one list, all with an hour of the same day, are figures that were measured then. */
const LEAST_MEASURED = 3
const HOUR = /^(.*?)(\d{1,2})[:：]\d{2}/

/** True for dates of one list, as they are written, that all tell the same hour of the same day. */
export function isMeasuredAtOnce(raws: readonly string[]): boolean {
  if (raws.length < LEAST_MEASURED) return false
  const hours = new Set(raws.map(hourOf))
  return hours.size === 1 && !hours.has(null)
}

/** The day and its hour; null: it tells none, or midnight, which programs write where they know none. */
function hourOf(raw: string): string | null {
  const [, day = '', hour] = HOUR.exec(raw) ?? []
  return hour === undefined || Number(hour) === 0 ? null : `${day.trim()} ${Number(hour)}`
}
