import { addDays } from '../../../../shared/base/time.ts'
import { doubtedDates, type FirstSeen, type SeenList } from '../../findings/doubts.ts'
import type { KeyedDoubt } from '../../findings/doubts-store.ts'
import type { SiteMemory } from '../../inspections/content/memory/store.ts'

/** A page that has been looked at in this night counts as known for so many days. */
const KNOWN_DAYS = 30

/**
 * What is remembered of a page of the test site from one look of a night to the next, as of a site from one day to the next: each
 * look counts as a day. Another night has another page there.
 */
export class SlotMemory {
  readonly #day: string
  #site: SiteMemory | null = null
  #lists: { readonly name: string; readonly keys: readonly string[] }[] | null = null
  readonly #items = new Map<string, string | null>()
  #doubts: readonly KeyedDoubt[] = []

  constructor(day: string) {
    this.#day = day
  }

  /** As the rules remember a site: known since yesterday, if it was looked at before. */
  get site(): SiteMemory | null {
    const before = addDays(this.#day, -1)
    return this.#site && { ...this.#site, firstDay: before, lastDay: before, days: KNOWN_DAYS }
  }

  remember(seen: Partial<Pick<SiteMemory, 'hosts' | 'homes'>>): void {
    const { hosts = {}, homes = [] } = this.#site ?? {}
    const none = { firstDay: this.#day, lastDay: this.#day, days: 1, robotsDay: null }
    this.#site = { ...none, hosts: seen.hosts ?? hosts, homes: seen.homes ?? homes }
  }

  /** Dates in these lists that contradict what was seen before; null: nothing was. */
  dates(lists: readonly SeenList[]): readonly KeyedDoubt[] | null {
    const before = this.#lists
    const items = lists.flatMap((list) => list.items)
    const [yesterday, today] = [addDays(this.#day, -1), this.#day]
    const memory = new Map<string, FirstSeen>(
      items.map(({ key, date }) => [
        key,
        this.#items.has(key)
          ? { firstDay: yesterday, firstDate: this.#items.get(key) ?? null }
          : { firstDay: today, firstDate: date },
      ]),
    )
    const found = doubtedDates(lists, before && { day: yesterday, lists: before }, memory, today)
    for (const { key, date } of items) if (!this.#items.has(key)) this.#items.set(key, date)
    this.#lists = lists.map(({ name, items: own }) => ({ name, keys: own.map(({ key }) => key) }))
    // What was put in stays doubted as long as it claims that day.
    const claims = new Set(items.map(({ key, date }) => `${key} ${date}`))
    const standing = this.#doubts.filter(({ key, claimed }) => claims.has(`${key} ${claimed}`))
    const fresh = found.map(({ kind, item, firstDay, firstDate, absentDay }) => ({
      ...{ key: item.key, kind, title: item.title, url: item.url, claimed: item.date },
      ...{ firstDay, firstDate, absentDay, seenDay: today, lastDay: today },
    }))
    this.#doubts = [...new Map([...standing, ...fresh].map((one) => [one.key, one])).values()]
    return before && this.#doubts
  }
}

/** What is remembered of all pages of a test site on one night. */
export class SlotMemories {
  #day = ''
  readonly #slots = new Map<number, SlotMemory>()

  of(slot: number, day: string): SlotMemory {
    if (day !== this.#day) this.#slots.clear()
    this.#day = day
    const known = this.#slots.get(slot) ?? new SlotMemory(day)
    this.#slots.set(slot, known)
    return known
  }
}
