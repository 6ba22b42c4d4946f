/** So many of one list, all of the same minute, are figures that were measured then. */
const LEAST_MEASURED = 3
/** What is measured is called by a place or a thing; what has a longer title was written, and put up with others at once. */
const LONGEST_NAME = 9
/** Titles that say themselves that they were written. */
const WRITTEN = /(?:公开|公示|公告|通告|通知|通报|名单|报告|简报|预算|决算)$/
const MINUTE = /^(.*?)(\d{1,2})[:：](\d{2})/

/** True for what a list has under short names, with dates as they are written that all tell the same minute of the same day. */
export function isMeasuredAtOnce(list: readonly { readonly title: string; readonly raw: string }[]): boolean {
  if (list.length < LEAST_MEASURED || list.some(({ title }) => isWritten(title))) return false
  const minutes = new Set(list.map(({ raw }) => minuteOf(raw)))
  return minutes.size === 1 && !minutes.has(null)
}

const isWritten = (title: string): boolean => title.length > LONGEST_NAME || WRITTEN.test(title)

/** The day and its minute; null: it tells none, or midnight, which programs write where they know none. */
function minuteOf(raw: string): string | null {
  const [, day = '', hour, minute] = MINUTE.exec(raw) ?? []
  return hour === undefined || Number(hour) === 0 ? null : `${day.trim()} ${Number(hour)}:${minute}`
}
