/*
 * Makes `siteward-sc.woff2` and `siteward-sc.css`: the characters that screens need first, of Noto Sans SC (OFL), for
 * computers without a Chinese font. It has every character of the product's own words and of the rules, its marks,
 * those of the demo, and then the most frequent of China's place names, as many as make a file of `MOST_BYTES`. What it lacks, a
 * browser fetches by the slice from the whole font, and Latin letters (25 kB) too. One weight: browsers embolden it.
 *
 * Run it when `test/base/type/type.test.ts` misses characters, outside the project, as the font is 120 MB unpacked:
 *
 *   npm install --prefix /tmp/type @fontsource/noto-sans-sc@5.3.0 subset-font@2.9.0
 *   node server/base/type/make-type.mjs /tmp/type/node_modules
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const MOST_BYTES = 168_000
const SOURCE = '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2'

const [packages] = process.argv.slice(2)
if (!packages) {
  process.stderr.write('Usage: node server/base/type/make-type.mjs FOLDER_OF_NODE_MODULES\n')
  process.exit(2)
}
const subset = createRequire(join(packages, 'subset-font/package.json'))('subset-font')
const font = readFileSync(join(packages, SOURCE))

/** Not Latin letters: a system without Chinese has those. */
const characters = (text) =>
  text.match(/[\u2010-\u206f\u2190-\u25ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/g) ?? []
const textOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    // Pictures have no words, and who opens the handbook waits for its rare ones.
    .filter((entry) => entry.isFile() && /\.(ts|vue|json)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('')

const needed = new Set(
  ['shared/locales/zh-CN', 'shared/register/rule-editions', 'server/demo', 'web'].flatMap((folder) =>
    characters(textOf(folder)),
  ),
)
const counts = new Map()
for (const one of characters(readFileSync('server/register/divisions/china.json', 'utf8'))) {
  counts.set(one, (counts.get(one) ?? 0) + 1)
}
const frequent = [...counts.keys()]
  .filter((one) => !needed.has(one))
  .sort((a, b) => counts.get(b) - counts.get(a))

/** The most of `frequent` that still fit, by halving. */
async function fitting() {
  let [least, most] = [0, frequent.length]
  let best
  while (least <= most) {
    const count = Math.floor((least + most) / 2)
    const chosen = [...needed, ...frequent.slice(0, count)]
    const bytes = await subset(font, chosen.join(''), { targetFormat: 'woff2' })
    if (bytes.length <= MOST_BYTES) {
      best = { chosen, bytes }
      least = count + 1
    } else most = count - 1
  }
  if (!best)
    throw new Error(`The product's own ${needed.size} characters alone are more than ${MOST_BYTES} bytes.`)
  return best
}

/** Code points as CSS writes them, neighbours as a range. */
function ranges(chosen) {
  const points = chosen.map((one) => one.codePointAt(0)).sort((a, b) => a - b)
  const runs = []
  for (const point of points) {
    const last = runs.at(-1)
    if (last?.[1] === point - 1) last[1] = point
    else runs.push([point, point])
  }
  const hex = (point) => point.toString(16)
  return runs.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ')
}

const { chosen, bytes } = await fitting()
const css = `/* Made by server/base/type/make-type.mjs: ${chosen.length} characters of Noto Sans SC. */
@font-face {
  font-family: "Siteward SC";
  font-weight: 400;
  font-display: swap;
  src: url("./siteward-sc.woff2") format("woff2");
  unicode-range:
    ${ranges(chosen)};
}
@font-face {
  /* Marks and arrows, which Noto Sans SC lacks: every system has them. */
  font-family: "Siteward SC";
  font-weight: 400;
  src: local("DejaVu Sans"), local("Segoe UI Symbol"), local("Apple Symbols"), local("Noto Sans Symbols2");
  unicode-range: U+2190-21ff, U+25a0-25ff;
}
`
writeFileSync('web/base/type/siteward-sc.woff2', bytes)
writeFileSync('web/base/type/siteward-sc.css', css)
process.stdout.write(`${chosen.length} characters, ${bytes.length} bytes\n`)
