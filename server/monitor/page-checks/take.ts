import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import {
  type LoadTimes,
  openedMs,
  type PageCheck,
  type Template,
} from '../../../shared/monitor/page-checks/page-checks-rules.ts'

/** Whether a home page took so long that it is opened once more before that is held against it. */
export function isSlow(template: Template, { load }: PageCheck): boolean {
  const ms = load && openedMs(load)
  return template === 'home' && ms !== null && ms > Number(inspectionRule('line-slow')?.limits.ms)
}

/** The better of two times that a page took: the first may have been an ill moment of the line, or of this machine. */
export function betterLoad(one: LoadTimes | null, other: LoadTimes | null): LoadTimes | null {
  if (!one || !other) return one ?? other
  return (openedMs(one) ?? Number.POSITIVE_INFINITY) <= (openedMs(other) ?? Number.POSITIVE_INFINITY)
    ? one
    : other
}

/** What was found as it is kept: covered, and a place that cannot be named without what is covered has no name. */
export function toKeep(found: PageCheck, cover: (text: string) => string): PageCheck {
  if (typeof found.access === 'string') return found
  const access = found.access.map((fault) => ({
    ...fault,
    first: fault.first.map(({ selector, html }) => ({
      selector: selector !== null && cover(selector) === selector ? selector : null,
      html: cover(html),
    })),
  }))
  return { ...found, access }
}
