// Repeats the draw of a spot check from its published list. Needs Node.js and nothing of Siteward.
//   node repeat-draw.mjs LIST.csv SEED SHARE SECOND     e.g.  node repeat-draw.mjs CC-2026-03.csv 20261128 0.1 0.2
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [file, seed, share, second] = process.argv.slice(2)
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex')
const by = (key) => (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0)
const say = (text) => process.stdout.write(`${text}\n`)
const exact = (n) => Math.round(n * 1e9) / 1e9 // 0.1 × 30 is 3

const lines = readFileSync(file, 'utf8')
  .replace(/^\uFEFF/, '')
  .trim()
  .split(/\r?\n/)
  .slice(1)
const published = lines.map((line) => {
  const [code, stratum, rank, draw, isSecond] = line.split(',')
  return { code, stratum, rank: Number(rank), draw, second: isSecond === '1' }
})

// 1. The list itself: its hash was published when the round was opened, before the seed was known.
const list = published.toSorted(by('code')).map(({ code, stratum }) => `${code},${stratum}`)
say(`sites ${list.length}, list hash ${sha256(list.join('\n'))}`)

// 2. How many of each stratum: rounded down, what is left to the largest remainders, at least one.
const names = [...new Set(published.map(({ stratum }) => stratum))]
const seats = names.map((stratum) => {
  const sites = published.filter((site) => site.stratum === stratum)
  const due = exact(sites.length * share)
  return { stratum, sites, whole: Math.floor(due), rest: exact(due % 1) }
})
seats.sort((a, b) => b.rest - a.rest || by('stratum')(a, b))
const left = Math.ceil(exact(published.length * share)) - seats.reduce((sum, { whole }) => sum + whole, 0)

// 3. Within a stratum the sites with the smallest SHA-256 of `seed|code`; the next is the reserve.
const drawn = seats.flatMap(({ sites, whole }, at) => {
  const n = Math.max(1, whole + (at < left ? 1 : 0))
  const ranked = sites.map(({ code }) => ({ code, hash: sha256(`${seed}|${code}`) })).sort(by('hash'))
  return ranked.map(({ code }, i) => ({
    code,
    rank: i + 1,
    draw: i < n ? 'chosen' : i === n ? 'reserve' : 'rest',
  }))
})

// 4. Who is looked at twice: the smallest SHA-256 of `seed|second|code` among the chosen.
const looks = drawn
  .filter(({ draw }) => draw === 'chosen')
  .map(({ code }) => ({ code, hash: sha256(`${seed}|second|${code}`) }))
  .sort(by('hash'))
const twice = new Set(looks.slice(0, Math.ceil(exact(looks.length * second))).map(({ code }) => code))

const of = new Map(published.map((site) => [site.code, site]))
const wrong = drawn.filter(({ code, rank, draw }) => {
  const site = of.get(code)
  return site.rank !== rank || site.draw !== draw || site.second !== twice.has(code)
})
say(`chosen ${looks.length}, of these looked at twice ${twice.size}`)
for (const { code } of wrong) say(`differs: ${code}`)
say(wrong.length === 0 ? 'identical' : `${wrong.length} sites differ`)
process.exitCode = wrong.length === 0 ? 0 : 1
