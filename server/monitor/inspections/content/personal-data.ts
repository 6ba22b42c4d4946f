import { type Personal, personalIn } from '../../persons/find.ts'
import { PERSONAL_KINDS, type PersonalKind } from '../../persons/kinds.ts'
import type { Parsed, ReadText } from '../page/parsed.ts'
import { printOfSigns } from '../page/signs.ts'
import {
  type Outcome,
  type PageRule,
  type Problem,
  READ_IN_PART,
  type Retrieved,
  type SiteFacts,
} from '../rule.ts'
import { type NoText, textOfFile } from './files/text.ts'
import { attributesOf, commentsOf, dialledOf, scriptsOf } from './published.ts'
import { pathOf, shown } from './shown.ts'

/**
 * Identity numbers, mobile telephones of persons and bank cards that a page or a file publishes, be it where nobody sees them. Told once a page and kind, and
 * only covered: neither what is stored nor what is logged has a number in it, nor anything that it could be worked out from.
 */
export const personalData: PageRule = { id: 'personal-data', look }

async function look(page: Retrieved, parsed: Parsed, site: SiteFacts): Promise<Outcome> {
  const read = page.kind === 'file' ? await inFile(page, site.today) : inPage(parsed, site.today)
  if (typeof read === 'string') return { outcome: 'unmeasured', reason: read }
  const problems = PERSONAL_KINDS.flatMap((kind) => problemOf(page, kind, read.found, site.today))
  if (problems.length > 0) return { outcome: 'found', problems }
  if (!read.isCut) return { outcome: 'clear' }
  return { outcome: 'unmeasured', reason: page.kind === 'file' ? 'fileTooLarge' : READ_IN_PART }
}

/** What is published; `isCut`: in what was read of it, which is not all. */
interface Published {
  readonly found: readonly Personal[]
  readonly isCut: boolean
}

async function inFile(page: Retrieved, today: string): Promise<Published | NoText> {
  const read = await fileText(page)
  return typeof read === 'string' ? read : { found: personalIn(read.text, today), isCut: read.isCut }
}

/** By the page's words, and what it has besides them. Of telephones in scripts nothing says whose they are. */
function inPage(parsed: Parsed, today: string): Published {
  const { whole } = parsed
  const seen = personalIn(whole.text, today)
  const texts = [parsed.title, dialledOf(parsed)].flatMap((text) => personalIn(text, today))
  const hidden = [attributesOf(parsed), commentsOf(parsed)]
  const unshown = hidden.flatMap(({ text }) => personalIn(text, today, true))
  const scripts = scriptsOf(parsed)
  const inScripts = personalIn(scripts.text, today, true).filter(({ kind }) => kind !== 'mobile')
  const known = new Set(seen.map(({ kind, masked }) => `${kind} ${masked}`))
  const besides = [...texts, ...unshown, ...inScripts].filter(
    ({ kind, masked }) => !known.has(`${kind} ${masked}`),
  )
  const isCut = [whole, ...hidden, scripts].some((one) => one.isCut)
  return { found: [...seen, ...besides], isCut }
}

async function fileText(page: Retrieved): Promise<ReadText | NoText> {
  const { pathname } = new URL(page.finalUrl)
  const read = await textOfFile(page.bytes, { name: pathname, type: page.headers['content-type'] ?? '' })
  if (typeof read === 'string') return page.isCut && read === 'damagedFile' ? 'fileTooLarge' : read
  // A paper that was scanned shows what nobody here can read.
  if (read.text.trim() === '' && !read.isCut && !page.isCut) return 'noWords'
  return { text: read.text, isCut: read.isCut || page.isCut }
}

/** Samples that are shown of one page. */
const SHOWN = 3

function problemOf(
  page: Retrieved,
  kind: PersonalKind,
  found: readonly Personal[],
  today: string,
): Problem[] {
  const some = found.filter((one) => one.kind === kind)
  const [first] = some
  if (!first) return []
  const covered = [...new Set(some.map(({ masked }) => masked))]
  return [
    {
      key: `${kind} ${pathOf(page.finalUrl, today)}`,
      url: page.finalUrl,
      excerpt: shown(first.excerpt),
      // A picture would publish it once more.
      outline: null,
      detail: { kind, count: some.length, samples: covered.slice(0, SHOWN).join(' ') },
      // Lists of two sites are two, though one platform puts them at the same address.
      told: page.finalUrl,
      print: printOfSigns(covered),
    },
  ]
}
