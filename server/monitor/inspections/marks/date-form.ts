import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { scanDates } from '../../read/dates/dates.ts'
import { labelOf } from '../../read/labels.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, PageRule, Retrieved } from '../rule.ts'

/** Words in front of a date that say it is the day on which the page was published. */
const LABELS = ['publish', 'posted']
/** How a date may be written so that nobody reads another: year of four figures, month, day. */
const WHOLE = ['ymd', 'ymd_cn', 'cn', 'compact', 'english']
/** Characters in front of a date in which its label stands. */
const BEFORE = 20
const MOST = 20

/** The day of publication, as it is written on a page. */
export const dateForm: PageRule = { id: 'mark-date-form', look }

function look({ finalUrl }: Retrieved, parsed: Parsed, _site: unknown, limits: Limits): Outcome {
  const problems = [...written(parsed, limits), ...tagged(parsed, String(limits.meta))].map(
    ({ kind, text }) => ({
      ...{ key: `${kind} ${new URL(finalUrl).pathname}`, url: finalUrl, excerpt: text },
      outline: kind === 'meta' ? null : { text },
      detail: { kind, written: text },
    }),
  )
  return problems.length > 0 ? { outcome: 'found', problems: problems.slice(0, 1) } : { outcome: 'clear' }
}

interface Odd {
  /** `noYear`: month and day alone; `short`: a year of two figures; `order`: the day may be the month. */
  readonly kind: 'noYear' | 'short' | 'order' | 'meta'
  readonly text: string
}

function written(parsed: Parsed, limits: Limits): Odd[] {
  // A bare 时间 is that of an event, but beside where a page comes from and how often it was read.
  const info = new RegExp(String(limits.info))
  const bare = new RegExp(String(limits.bare))
  // 成绩发布时间 is a day of what the page is about, and 3-5个 a number of things.
  const [matter, counted] = [new RegExp(String(limits.matter)), new RegExp(String(limits.counted))]
  return parsed.text
    .split('\n')
    .filter((line) => /[间期日于]/.test(line))
    .slice(0, MOST * 10)
    .flatMap((line) =>
      scanDates(line).flatMap(({ start, form, raw, year }): Odd[] => {
        const before = line.slice(Math.max(0, start - BEFORE), start)
        const label = labelOf(before)
        const isLabelled = label !== null && LABELS.includes(label) && !matter.test(before)
        if (counted.test(line.slice(start + raw.length))) return []
        if (!(isLabelled || (bare.test(before) && info.test(line))) || WHOLE.includes(form)) return []
        const said = line.slice(Math.max(0, start - BEFORE), start + raw.length).trim()
        if (form === 'md' || form === 'md_cn') return [{ kind: 'noYear', text: said }]
        if (form === 'yymd' || form === 'yymd_cn') return [{ kind: 'short', text: said }]
        return form === 'mdy' && year !== null ? [{ kind: 'order', text: said }] : []
      }),
    )
    .slice(0, MOST)
}

/** The tag `PubDate` of an article, where there is one: year, month, day, hour and minute. */
function tagged({ metas }: Parsed, form: string): Odd[] {
  const value = metas.get('pubdate')?.trim()
  // A tag that its template left empty says nothing, which is another matter.
  return value && !new RegExp(form).test(value) ? [{ kind: 'meta', text: `PubDate ${value}` }] : []
}
