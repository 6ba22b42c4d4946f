import type { Page } from 'playwright-core'

/** What is wrong with a page on a telephone: what reaches out of it, is too small for a finger or lies out of sight. */
export async function faultsOnPhone(page: Page): Promise<string[]> {
  const over = await overhang(page)
  return [
    ...(over === null ? [] : [over]),
    ...(await tooSmall(page)),
    ...(await beyond(page)).map((text) => `${text} is out of sight`),
  ]
}

/** How many pixels a page is wider than the screen, and what reaches out farthest. */
const overhang = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return null
    const wide = [...document.querySelectorAll('main *')]
      .map((one) => ({ one, right: one.getBoundingClientRect().right }))
      .filter(({ right }) => right > clientWidth + 1)
    const { one } = wide.toSorted((a, b) => b.right - a.right)[0] ?? {}
    return `${scrollWidth - clientWidth} px: ${one?.outerHTML.slice(0, 120) ?? '?'}`
  })

/**
 * What is too small for a finger: 24 px at least, 44 for what is pressed often. Links within running text are as high as
 * their line; a box or a link that stands for all of its words or its line is as large as those.
 */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const OFTEN =
      '.button, [role="tab"], [role="tablist"] button, nav a, select.control, input.control, textarea, .chip'
    const found = new Set<string>()
    for (const one of document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary',
    )) {
      if (
        !one.checkVisibility({ visibilityProperty: true }) ||
        one.matches(':is(p, blockquote, figcaption) a, .skip')
      )
        continue
      const whole = one.matches('.row-link')
        ? one.closest('tr')
        : one.matches('input')
          ? one.closest('label')
          : null
      const { width, height } = (whole ?? one).getBoundingClientRect()
      if (width < 2 || height < 2) continue
      const least = one.matches(OFTEN) ? 43.5 : 23.5
      const text = (one.getAttribute('aria-label') ?? one.innerText).trim().slice(0, 20)
      const kind = `${one.tagName.toLowerCase()} ${one.className}`.trim()
      if (height < least || width < 23.5)
        found.add(`${Math.round(width)} × ${Math.round(height)}: ${kind} ${text}`)
    }
    return [...found]
  })

/** What can be pressed in the lines of a table or beside its filters, and lies where nobody looks for it. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const all = [
      ...document.querySelectorAll<HTMLElement>('main td button, main td a, main .filter-bar > .button'),
    ]
    const out = all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > clientWidth)
    return [...new Set(out.map((one) => one.innerText.trim()))]
  })
