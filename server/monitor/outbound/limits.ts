import { z } from 'zod'
import data from '../../../shared/monitor/outbound/limits.json' with { type: 'json' }

const count = z.int().positive()

/** When hosts are looked at, what is enough to say what became of them, and how much is kept. */
export const LIMITS = z
  .strictObject({
    source: z.object({ zh: z.string(), en: z.string() }),
    looks: z.strictObject({
      everyHours: count,
      /** After which something that looks otherwise is looked at again; a domain that is gone, in hours. */
      againMinutes: count,
      deadHours: count,
      /** Looks that agree before something is said; of a domain that is gone, over so many hours. */
      confirm: count,
      deadConfirm: count,
      deadOverHours: count,
      /** Hosts a minute and at a time, in each process. */
      perMinute: count,
      atOnce: count,
      keptLooks: count,
    }),
    signs: z.strictObject({
      /** Weight of words that says what a page is, and of an official one. */
      enough: count,
      official: count,
      /** Different strong words in what is shown that count as one in the title. */
      ofBody: count,
      /** The same of a host that was never seen otherwise: a newspaper writes about much. */
      ofBodyAlone: count,
      bodyChars: count,
      /** A page with less text offers nothing but its domain. */
      smallPage: count,
      titleChars: count,
    }),
    kept: z.strictObject({
      /** Links of a site to a host that are named. */
      examples: count,
      hostsOfPage: count,
      hostsOfSite: count,
      /** Hosts that one site alone links to and that have gone bad: so many have an alert, the others are listed. */
      alertsOfSite: count,
      /** Where not all of a site is seen: that it links to a host is forgotten after so many days. */
      unlinkedDays: count,
      /** A host that no site links to any more is forgotten after so many days, with all that it was. */
      hostDays: count,
    }),
    official: z.array(z.string()),
  })
  .parse(data)
