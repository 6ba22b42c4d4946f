import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { isDay } from '../../../shared/base/time.ts'
import type { Evidence, FindingOutcome } from '../../../shared/monitor/freshness/freshness.ts'
import { readPage } from './read.ts'
import '../verdicts/in-force.ts'

const USAGE = `usage: npm run -s read -- --manifest FILE.json --root FOLDER

Reads the newest publish date of stored pages. The manifest is a JSON array of
{"file": path under FOLDER, "kind": "home" | "list" | "article", "ref": "YYYY-MM-DD", "url"?: address}.
Prints one JSON line for each row: {"file", "outcome", "newest", "evidence"}.
Ends with 0, with 1 when a row could not be read, with 2 when called wrongly.
`

const row = z.object({
  file: z.string().min(1),
  kind: z.enum(['home', 'list', 'article']),
  ref: z.string().refine(isDay, 'not a day written YYYY-MM-DD'),
  url: z.string().optional(),
})

interface Row {
  file: string | null
  outcome: FindingOutcome
  newest: string | null
  evidence: Evidence | null
}

/** Reads every page of a manifest and prints a line for each; returns the exit code. No server, no database. */
export async function main(argv: string[]): Promise<number> {
  const options = optionsOf(argv)
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const rows = manifest(options.manifest)
  if (typeof rows === 'string') {
    process.stderr.write(`read: ${rows}\n\n${USAGE}`)
    return 2
  }
  // Whoever reads the lines may stop early (`| head`); that is no failure.
  process.stdout.on('error', () => undefined)
  let failed = false
  for (const [index, raw] of rows.entries()) {
    const { line, problem } = readRow(raw, options.root)
    process.stdout.write(`${JSON.stringify(line)}\n`)
    if (problem === null) continue
    failed = true
    process.stderr.write(`read: row ${index + 1}${line.file === null ? '' : ` (${line.file})`}: ${problem}\n`)
  }
  return failed ? 1 : 0
}

function optionsOf(argv: string[]): { manifest: string; root: string } | null {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { manifest: { type: 'string' }, root: { type: 'string' } },
    })
    const { manifest, root } = values
    return manifest === undefined || root === undefined ? null : { manifest, root }
  } catch {
    return null
  }
}

/** The rows of the manifest, or what is wrong with it. */
function manifest(path: string): unknown[] | string {
  try {
    const rows: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return Array.isArray(rows) ? rows : `${path} is not a JSON array`
  } catch (error) {
    return `cannot read the manifest: ${messageOf(error)}`
  }
}

function readRow(raw: unknown, root: string): { line: Row; problem: string | null } {
  const parsed = row.safeParse(raw)
  if (!parsed.success) return unreadable(fileOf(raw), z.prettifyError(parsed.error).replace(/\s+/g, ' '))
  const { file, kind, ref, url } = parsed.data
  try {
    const bytes = readFileSync(resolve(root, file))
    const { outcome, newest, evidence } = readPage({
      bytes,
      kind,
      ref,
      ...(url === undefined ? {} : { url }),
    })
    return { line: { file, outcome, newest, evidence }, problem: null }
  } catch (error) {
    return unreadable(file, messageOf(error))
  }
}

function unreadable(file: string | null, problem: string): { line: Row; problem: string } {
  return { line: { file, outcome: 'unreadable', newest: null, evidence: null }, problem }
}

function fileOf(raw: unknown): string | null {
  const file = z.object({ file: z.string() }).safeParse(raw)
  return file.success ? file.data.file : null
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
