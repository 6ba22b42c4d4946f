import type accounts from './zh-CN/accounts.json'
import type alerts from './zh-CN/alerts.json'
import type aside from './zh-CN/aside.json'
import type attachments from './zh-CN/attachments.json'
import type audit from './zh-CN/audit.json'
import type columns from './zh-CN/columns.json'
import type common from './zh-CN/common.json'
import type controls from './zh-CN/controls.json'
import type districts from './zh-CN/districts.json'
import type divisions from './zh-CN/divisions.json'
import type duty from './zh-CN/duty.json'
import type evidence from './zh-CN/evidence.json'
import type exports from './zh-CN/exports.json'
import type facts from './zh-CN/facts.json'
import type fleet from './zh-CN/fleet.json'
import type freshness from './zh-CN/freshness.json'
import type imports from './zh-CN/imports.json'
import type links from './zh-CN/links.json'
import type lists from './zh-CN/lists.json'
import type notifications from './zh-CN/notifications.json'
import type overview from './zh-CN/overview.json'
import type palette from './zh-CN/palette.json'
import type pauses from './zh-CN/pauses.json'
import type rectifications from './zh-CN/rectifications.json'
import type replay from './zh-CN/replay.json'
import type rights from './zh-CN/rights.json'
import type settings from './zh-CN/settings.json'
import type sites from './zh-CN/sites.json'
import type stale from './zh-CN/stale.json'
import type units from './zh-CN/units.json'
import type wall from './zh-CN/wall.json'
import type wallLinks from './zh-CN/wall-links.json'
import type workdays from './zh-CN/workdays.json'

type Own = typeof accounts &
  typeof alerts &
  typeof aside &
  typeof attachments &
  typeof audit &
  typeof columns &
  typeof common &
  typeof controls &
  typeof districts &
  typeof divisions &
  typeof duty &
  typeof evidence &
  typeof exports &
  typeof facts &
  typeof fleet &
  typeof freshness &
  typeof imports &
  typeof links &
  typeof lists &
  typeof notifications &
  typeof overview &
  typeof palette &
  typeof pauses &
  typeof rectifications &
  typeof replay &
  typeof rights &
  typeof settings &
  typeof sites &
  typeof stale &
  typeof units &
  typeof wallLinks &
  typeof wall &
  typeof workdays

/** The words of nouns that bring their own, each by a `words.d.ts` beside its schema. */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface Brought {}

type Joined<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never
/** All words of screens as one tree; the other languages have the same keys. */
type Messages = Own & Joined<Brought[keyof Brought]>

/** The whole keys of a tree: `state.dead`, … */
type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]

/** The key of a word on screen: one that is not there does not compile. */
export type WordKey = Paths<Messages>

type Before<Key> = Key extends `${infer First}.${infer Rest}` ? First | `${First}.${Before<Rest>}` : never

/** What the keys of several words begin with: `state`, `alerts.form`, … */
export type Branch = Before<WordKey>

/** What stands after a prefix in the keys that begin with it: `NameIn<'state'>` is `dead`, … */
export type NameIn<Prefix extends string> = WordKey extends infer Key
  ? Key extends `${Prefix}.${infer Name}`
    ? Name
    : never
  : never

/** The next part of those: of `alerts.form.note`, `ChildOf<'alerts'>` is `form`. */
export type ChildOf<Prefix extends Branch> =
  NameIn<Prefix> extends infer Name ? (Name extends `${infer First}.${string}` ? First : Name) : never
