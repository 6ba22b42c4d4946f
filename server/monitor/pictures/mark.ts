import type { PictureMark } from '../../../shared/monitor/pictures/pictures.ts'
import { shownTitle } from '../findings/shown.ts'
import { shownAddress, shownText } from '../persons/address.ts'

/** What a picture is about as it is shown: without persons that it names. @param today YYYY-MM-DD */
export function shownMark(mark: PictureMark | null, today: string): PictureMark | null {
  if (mark === null) return null
  const { text, href, selector } = mark
  return {
    ...(text !== undefined && { text: shownTitle(text, today) }),
    ...(href !== undefined && { href: shownAddress(href, today) }),
    ...(selector !== undefined && { selector: shownText(selector, today) }),
  }
}
