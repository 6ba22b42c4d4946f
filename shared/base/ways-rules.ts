/** Telephone numbers as people write them, with an extension (转 8012) if need be. */
export const PHONE = /^[+\d][\d\s()（）\-－/,，;；]{2,38}(?:\s*(?:转|分机|x|ext\.?)\s*\d{1,6})?$/i
export const MAIL = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/

export interface Ways {
  readonly phone: string
  readonly mobile: string
  readonly mail: string
}

/** Whether somebody can be reached at all. */
export const isReachable = (one: Ways): boolean => Boolean(one.phone || one.mobile || one.mail)
