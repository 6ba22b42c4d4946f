import { sql } from 'kysely'
import type { Language } from '../../../shared/base/words/language.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import type { Notice, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import type { PauseInFact } from '../../../shared/desk/pauses/pauses.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import type { Tx } from '../../base/db/database.ts'
import { languageFor } from '../../base/words/offered.ts'
import { type Saying, say } from '../../base/words/say.ts'
import { placeNames } from '../../register/divisions/area.ts'
import { insertDeliveries, type NewDelivery } from './deliveries.ts'
import { pauseLine } from './pause-words.ts'
import { alertLine, placeName, rectificationLine, type Telling } from './words.ts'

/** What a notice lists; of the others it says how many they are. */
const MOST_LINES = 50

/** Something of a later wing: what it is, and the page about it. */
export interface Thing {
  readonly text: Saying
  readonly path: string
  /** The place (null: the whole) that stands for `{place}` in its text, in the reader's language. */
  readonly place?: string | null
}

export interface DirectNotice {
  /** Ids of the people to be told; those who are disabled are left out, each is told once. */
  readonly recipients: readonly number[]
  readonly about:
    | { readonly alerts: readonly Alert[] }
    | { readonly rectifications: readonly Rectification[] }
    | { readonly pauses: readonly PauseInFact[] }
    | { readonly things: readonly Thing[] }
  /** Why just this person is told, such as 「升级：30 分钟无人确认」. */
  readonly reason: Saying
}

/**
 * Notifies people personally: in the inbox of each, and over every mail or webhook channel that a person's own
 * subscriptions name. At once, whatever the quiet hours, the groups and the hourly caps: whoever is called is needed.
 * Part of the caller's transaction; it is sent within seconds of the commit, and tried again as every message is.
 * @param now epoch ms.
 * @returns ids of the deliveries.
 */
export async function notify(tx: Tx, direct: DirectNotice, now: number): Promise<number[]> {
  const ways = await waysTo(tx, [...new Set(direct.recipients)])
  const names = await placeNames(tx)
  return insertDeliveries(
    tx,
    ways.map(
      (way): NewDelivery => ({
        ...way,
        notice: noticeIn(direct, { language: languageFor(way.language), names, now }),
      }),
    ),
    now,
  )
}

interface Way {
  readonly channelId: number
  readonly userId: number
  readonly address: string
  readonly language: Language
}

async function waysTo(tx: Tx, userIds: readonly number[]): Promise<Way[]> {
  const { rows } = await sql<Way>`
    with own as (
      select s.user_id, s.channel_id, s.address, s.language
      from notification_subscription s join notification_channel c on c.id = s.channel_id
      where s.user_id = any(${userIds}::int[]) and c.disabled_at is null
    ), way as (
      select * from own
      union all
      select u.id, c.id, '', u.language
      from user_account u cross join notification_channel c
      where u.id = any(${userIds}::int[]) and c.kind = 'inbox'
        and not exists (select from own where own.user_id = u.id and own.channel_id = c.id)
    )
    select distinct on (way.user_id, channel_id, address) channel_id as "channelId",
      way.user_id as "userId", address, way.language
    from way join user_account u on u.id = way.user_id and u.disabled_at is null
    order by way.user_id, channel_id, address, way.language desc
  `.execute(tx)
  return rows
}

/** The notice as it is read. */
export function noticeIn(
  { about, reason }: Pick<DirectNotice, 'about' | 'reason'>,
  telling: Telling,
): Notice {
  const { language } = telling
  const lines = linesOf(about, telling)
  const more = Math.max(0, lines.length - MOST_LINES)
  return { title: say(reason, language), summary: '', lines: lines.slice(0, MOST_LINES), more, language }
}

function thingLine({ text, path, place }: Thing, { language, names }: Telling): NoticeLine {
  const values =
    place === undefined ? text.values : { ...text.values, place: placeName(place, names, language) }
  const said = say({ word: text.word, ...(values && { values }) }, language)
  return { text: said, path, change: 'direct', severity: null }
}

function linesOf(about: DirectNotice['about'], telling: Telling): NoticeLine[] {
  if ('alerts' in about) return about.alerts.map((alert) => alertLine(alert, 'direct', telling))
  if ('pauses' in about) return about.pauses.map((pause) => pauseLine(pause, 'direct', telling))
  if ('things' in about) {
    return about.things.map((thing) => thingLine(thing, telling))
  }
  return about.rectifications.map((rectification) =>
    rectificationLine(rectification, 'direct', telling.language),
  )
}
