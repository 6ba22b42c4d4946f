/** So many of one list, all of the same minute, are figures that were measured then. */
const LEAST_MEASURED = 3
/** What is measured is called by a place or a thing; what has a longer title was written, and put up with others at once. */
const LONGEST_NAME = 9
const MINUTE = /^(.*?)(\d{1,2})[:：](\d{2})/

/** True for what a list has under short names, with dates as they are written that all tell the same minute of the same day. */
export function isMeasuredAtOnce(list: readonly { readonly title: string; readonly raw: string }[]): boolean {
  if (list.length < LEAST_MEASURED || list.some(({ title }) => title.length > LONGEST_NAME)) return false
  const minutes = new Set(list.map(({ raw }) => minuteOf(raw)))
  return minutes.size === 1 && !minutes.has(null)
}

/** The day and its minute; null: it tells none, or midnight, which programs write where they know none. */
function minuteOf(raw: string): string | null {
  const [, day = '', hour, minute] = MINUTE.exec(raw) ?? []
  return hour === undefined || Number(hour) === 0 ? null : `${day.trim()} ${Number(hour)}:${minute}`
}
