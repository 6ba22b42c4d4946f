import { z } from 'zod'
import { FINDING_OUTCOMES, FRESHNESS } from './freshness-rules.ts'

export * from './freshness-rules.ts'

/** What reading a page led to: a date was found, the page shows none, or what it shows was not to be seen. */
export const findingOutcome = z.enum(FINDING_OUTCOMES)
export type FindingOutcome = z.infer<typeof findingOutcome>

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Why a date is believed: enough for a person to find it on the page and to disagree. */
export const evidence = z.object({
  date: day,
  /** Title of the item the date belongs to, or the text around it; at most 200 characters. */
  text: z.string().max(200),
  href: z.string().optional(),
  /** Where it stands: `list`, `line`, `attr`, `meta`, `script`, `comment`, `split`, `time`, `url`. */
  where: z.string(),
  /** The date exactly as the page writes it. */
  raw: z.string(),
  /** Which way of writing dates it is, for instance `ymd` or `md`. */
  form: z.string(),
  /** Code of the reason it was believed, for instance `item_date` or `publish_label`. */
  why: z.string(),
  /** Character position in the decoded page. */
  offset: z.int().optional(),
  /** Address of the second-level page it stands on, when the home page is only an entrance. */
  page: z.string().optional(),
})
export type Evidence = z.infer<typeof evidence>

export const datedItem = z.object({ date: day, text: z.string(), href: z.string().optional() })
export type DatedItem = z.infer<typeof datedItem>

export const rejectedDate = z.object({ raw: z.string(), why: z.string() })

/** A second-level page that was looked at in place of a home page that is only an entrance. */
export const secondLevelPage = z.object({
  name: z.string(),
  url: z.string(),
  outcome: findingOutcome,
  newest: day.nullable(),
})
export type SecondLevelPage = z.infer<typeof secondLevelPage>

/** Everything the freshness reader says about one page. */
export const finding = z.object({
  outcome: findingOutcome,
  newest: day.nullable(),
  evidence: evidence.nullable(),
  /**
   * Why nothing was found: `no_dates`, `entrance` for an undated page; `drawn_by_script`, `empty`, `not_html`,
   * `undecodable` for an unreadable one, `failed` for an error of the reader itself.
   */
  reason: z.string().optional(),
  /** Distinct items dated in the 14 days to the reference day, both ends included. */
  recent: z.int().nonnegative(),
  /** The newest dated items, newest first, at most 20. */
  items: z.array(datedItem),
  /** Dates seen and not believed, at most 10, with the code of the reason. */
  rejected: z.array(rejectedDate),
  /** The encoding the bytes were read in, not the one they claim. */
  encoding: z.string(),
  /**
   * A page that only leads elsewhere and says nothing by itself: its second-level pages have to be read instead
   * (V2), and were not, or not so many of them that they would say enough.
   */
  entrance: z.boolean(),
  /** The second-level pages that were read in its place; absent for any other home page. */
  pages: z.array(secondLevelPage).optional(),
  /**
   * Part of the page was not seen and may be newer: the `rest` of one that is too long, or lists that a `script` draws
   * beside those that were read.
   */
  unseen: z.enum(['rest', 'script']).optional(),
  /** The page goes on after this character and was not read any further. */
  readTo: z.int().nonnegative().optional(),
  /** Where the page sends its visitor, when that is all it does. */
  refresh: z.string().optional(),
  /** This is what a browser drew, scripts and all, and not what the server sent. */
  drawn: z.literal(true).optional(),
})
export type Finding = z.infer<typeof finding>

export const freshness = z.enum(FRESHNESS)
export type Freshness = z.infer<typeof freshness>
