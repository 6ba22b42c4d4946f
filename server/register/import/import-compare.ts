import {
  type Answers,
  type NamedSite,
  type Question,
  questionKey,
} from '../../../shared/register/import/imports.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import type { RegisterRow } from './import-place.ts'

type Row = RegisterRow & { readonly line: number }

/** What a file says of the register by what it has not. */
export interface Comparison {
  readonly rows: readonly Row[]
  readonly questions: readonly Question[]
  readonly recoded: readonly { readonly siteId: number; readonly from: string; readonly to: string }[]
  readonly ended: readonly {
    readonly siteId: number
    readonly code: string
    readonly how: 'closed' | 'moved'
  }[]
  /** Rows that wait for an answer. */
  readonly waiting: number
}

interface Known extends NamedSite {
  readonly id: number
  readonly unit: string
}

/**
 * Looks for the sites of the register that the file has not, in the groups that it has: a district's own file says
 * nothing of the others. One that goes on under another code is found by its address or by its name and unit, and
 * asked about; of the rest it is asked what became of them. Those that have been ended are asked about no more.
 */
export async function compareRegister(
  db: Db | Tx,
  rows: readonly Row[],
  answers: Answers,
): Promise<Comparison> {
  const missing = await missingSites(db, rows)
  if (missing.length === 0) return { rows, questions: [], recoded: [], ended: [], waiting: 0 }
  const isNew = await newCodes(db, rows)
  const pairs = paired(
    missing,
    rows.filter(({ code }) => isNew.has(code)),
  )
  const questions: Question[] = []
  const recoded: { siteId: number; from: string; to: string }[] = []
  const open = new Set<Row>()
  const settled = new Set<Known>()
  for (const { site, row, same } of pairs) {
    const key = questionKey.changedCode(site.code)
    if (answers[key] === 'other') continue
    settled.add(site)
    if (answers[key] === 'same') recoded.push({ siteId: site.id, from: site.code, to: row.code })
    else {
      open.add(row)
      questions.push({ kind: 'changedCode', key, line: row.line, from: plain(site), to: plain(row), same })
    }
  }
  const { ended, asked } = gone(
    missing.filter((site) => !settled.has(site)),
    answers,
  )
  if (asked.length > 0) questions.push({ kind: 'missing', key: 'missing', sites: asked.map(plain) })
  return { rows: rows.filter((row) => !open.has(row)), questions, recoded, ended, waiting: open.size }
}

const plain = ({ code, name, url }: NamedSite): NamedSite => ({ code, name, url })

async function missingSites(db: Db | Tx, rows: readonly Row[]): Promise<Known[]> {
  const groups = [...new Set(rows.map(({ district }) => district))]
  if (groups.length === 0) return []
  const codes = new Set(rows.map(({ code }) => code))
  const known = await db
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .select(['site.id', 'site.code', 'site.name', 'site.url', 'unit.name as unit'])
    .where('site.district', 'in', groups)
    .where((eb) => eb.or([eb('site.pause_reason', 'is', null), eb('site.paused_until', 'is not', null)]))
    .orderBy('site.code')
    .execute()
  return known.filter(({ code }) => !codes.has(code))
}

async function newCodes(db: Db | Tx, rows: readonly Row[]): Promise<Set<string>> {
  const known = new Set((await db.selectFrom('site').select('code').execute()).map(({ code }) => code))
  return new Set(rows.map(({ code }) => code).filter((code) => !known.has(code)))
}

interface Pair {
  readonly site: Known
  readonly row: Row
  readonly same: ('host' | 'name')[]
}

/** A site and a row that are each other's only match; both at once goes before one of the two. */
function paired(missing: readonly Known[], rows: readonly Row[]): Pair[] {
  const byHost = grouped(rows, hostOf)
  const byName = grouped(rows, nameOf)
  const taken = new Set<Row>()
  const pairs: Pair[] = []
  const candidates = missing.flatMap((site) => {
    const hosts = byHost.get(hostOf(site)) ?? []
    const names = byName.get(nameOf(site)) ?? []
    return [...new Set([...hosts, ...names])].map((row) => ({
      site,
      row,
      same: [
        ...(hosts.includes(row) ? ['host' as const] : []),
        ...(names.includes(row) ? ['name' as const] : []),
      ],
    }))
  })
  const done = new Set<Known>()
  for (const pair of candidates.sort((a, b) => b.same.length - a.same.length)) {
    if (taken.has(pair.row) || done.has(pair.site)) continue
    taken.add(pair.row)
    done.add(pair.site)
    pairs.push(pair)
  }
  return pairs.sort((a, b) => a.row.line - b.row.line)
}

/** Without www; sites that are folders of one host are told apart by the folder. */
function hostOf({ url }: { readonly url: string }): string {
  const { host, pathname } = new URL(url)
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/(index\.\w+)?$/, '')}`
}

const nameOf = ({ name, unit }: { readonly name: string; readonly unit: string }): string =>
  `${unit}\n${name}`

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function gone(missing: readonly Known[], answers: Answers) {
  const ended: { siteId: number; code: string; how: 'closed' | 'moved' }[] = []
  const asked: Known[] = []
  for (const site of missing) {
    const answer = answers[questionKey.missingSite(site.code)] ?? answers[questionKey.missing]
    if (answer === 'closed' || answer === 'moved')
      ended.push({ siteId: site.id, code: site.code, how: answer })
    else if (answer !== 'keep') asked.push(site)
  }
  return { ended, asked }
}
