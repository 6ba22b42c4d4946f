import { MAX_TITLE, type Page } from './page/page.ts'

const LEAST_TITLE = 6

/**
 * Takes a run of text outside any link as the heading of the page, if it is one: the longest run that repeats
 * part of the page's title; failing that, the first h1 or h2.
 */
export function takeHeading(page: Page, text: string, name: string): void {
  if (text.length < LEAST_TITLE || text.length > MAX_TITLE) return
  if (page.title.includes(text)) {
    if (page.headingIsTitle && text.length <= page.heading.length) return
    page.headingIsTitle = true
  } else if (page.heading !== '' || (name !== 'h1' && name !== 'h2')) return
  page.heading = text
  page.headingEnd = page.textLength
}
