import { parseArgs } from 'node:util'
import { readPage } from '../../../server/monitor/read/read.ts'
import '../../../server/monitor/verdicts/in-force.ts'
import { FORMS, RELATIVE, YEARLESS } from './changes/forms.ts'
import { MARKUP } from './changes/markup.ts'
import { NEIGHBOURS } from './changes/neighbours.ts'
import { ROWS } from './changes/rows.ts'
import { STRUCTURE } from './changes/structure.ts'
import { SURROUNDINGS, WITHOUT_METAS } from './changes/surroundings.ts'
import { WHOLE } from './changes/whole.ts'
import { type Change, hash, randomOf, type Source, sources } from './source.ts'

/*
 * `npm run bench -- reader`: changes every labelled page in ways whose effect on the truth is known and reads the
 * copies. `--change NAME` takes one way (or those whose name holds the words), `--show` prints the pages that are read
 * wrongly. A third of the pages is held out, by name, and counted by itself: who mends the reader looks at the others.
 */

const UNCHANGED: Change = { name: 'as they are', apply: ({ html }) => ({ html }) }
const CHANGES: readonly Change[] = [
  UNCHANGED,
  ...FORMS,
  ...YEARLESS,
  ...RELATIVE,
  ...STRUCTURE,
  ...ROWS,
  ...MARKUP,
  ...SURROUNDINGS,
  ...NEIGHBOURS,
  WITHOUT_METAS,
  ...WHOLE,
]
const MOST_TOO_FRESH = 0.002
const LEAST_RIGHT = 0.96

type Verdict = 'right' | 'undated' | 'old' | 'fresh'
type Tally = { [verdict in Verdict]: number }
interface Counted {
  readonly kept: Tally
  readonly held: Tally
}

const none = (): Tally => ({ right: 0, undated: 0, old: 0, fresh: 0 })

const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { change: { type: 'string' }, show: { type: 'boolean' }, held: { type: 'boolean' } },
})

/** One change over all pages. */
function count(change: Change, pages: readonly Source[]): Counted {
  const counted = { kept: none(), held: none() }
  for (const page of pages) {
    const isHeld = hash(page.name) % 3 === 0
    const verdict = judge(change, page, isHeld)
    if (verdict !== null) counted[isHeld ? 'held' : 'kept'][verdict]++
  }
  return counted
}

/** How a changed copy of a page is read; null: the change says nothing of it. */
function judge(change: Change, page: Source, isHeld: boolean): Verdict | null {
  const copy = change.apply(page, randomOf(hash(`${page.name}\n${change.name}`)))
  if (copy === null) return null
  const gold = copy.gold === undefined ? page.gold : copy.gold
  const { newest, outcome, evidence } = readPage({
    bytes: copy.bytes ?? Buffer.from(copy.html ?? page.html),
    kind: page.kind,
    ref: copy.ref ?? page.ref,
    ...(page.url === undefined ? {} : { url: page.url }),
  })
  const verdict = verdictOf(newest, gold, copy.mayBeUnreadable === true && outcome === 'unreadable')
  if (verdict !== 'right' && options.show && isHeld === (options.held ?? false))
    console.log(
      `  ${verdict.padEnd(7)} ${change.name} | ${page.name}: ${gold} read ${newest} ${why(evidence)}`,
    )
  return verdict
}

function why(evidence: ReturnType<typeof readPage>['evidence']): string {
  return evidence === null
    ? ''
    : `(${evidence.why}, ${evidence.form}, ${evidence.raw}, ${evidence.text.slice(0, 40)})`
}

function verdictOf(newest: string | null, gold: string | null, isSaid: boolean): Verdict {
  if (newest === gold || isSaid) return 'right'
  if (newest === null) return 'undated'
  return gold === null || newest > gold ? 'fresh' : 'old'
}

const sum = (tally: Tally): number => tally.right + tally.undated + tally.old + tally.fresh
const add = (to: Tally, from: Tally): void => {
  for (const verdict of ['right', 'undated', 'old', 'fresh'] as const) to[verdict] += from[verdict]
}
const share = (part: number, of: number): string => (of === 0 ? '–' : `${((100 * part) / of).toFixed(1)} %`)

function line(name: string, { kept, held }: Counted): string {
  const cells = [kept.right, kept.undated, kept.old, kept.fresh].map((n) => String(n).padStart(8)).join('')
  const right = share(kept.right, sum(kept)).padStart(9)
  const rest = `${share(held.right, sum(held)).padStart(9)}${String(held.fresh).padStart(7)}`
  return `${name.padEnd(54)}${cells}${right}   |${rest}`
}

const pages = sources()
const wanted = CHANGES.filter(({ name }) => options.change === undefined || name.includes(options.change))
const total: Counted = { kept: none(), held: none() }
console.log(`${pages.length} labelled pages; on the right of the line those held out\n`)
console.log(`${''.padEnd(54)}   right undated     old   fresh    right   |    right  fresh`)
for (const change of wanted) {
  const counted = count(change, pages)
  if (change !== UNCHANGED) {
    add(total.kept, counted.kept)
    add(total.held, counted.held)
  }
  console.log(line(change.name, counted))
}
const all = none()
add(all, total.kept)
add(all, total.held)
const [copies, freshShare, rightShare] = [sum(all), all.fresh / sum(all), all.right / sum(all)]
console.log(line('all changes', total))
console.log(
  `\n${copies} changed copies: right ${share(all.right, copies)} (wanted ≥ ${100 * LEAST_RIGHT} %), undated ${share(all.undated, copies)}, too old ${share(all.old, copies)}, too fresh ${(100 * freshShare).toFixed(2)} % (wanted ≤ ${100 * MOST_TOO_FRESH} %)`,
)
process.exitCode = freshShare <= MOST_TOO_FRESH && rightShare >= LEAST_RIGHT ? 0 : 1
