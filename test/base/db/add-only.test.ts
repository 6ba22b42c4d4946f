import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../../server/base/db/migrations/', import.meta.url))
const texts = new Map(
  readdirSync(folder)
    .filter((name) => /^\d{4}_/.test(name))
    .map((name) => [name, readFileSync(folder + name, 'utf8')]),
)

/** Versions work side by side from this migration on. */
const FIRST = '0126_behind'
/** What a version that does not know of it would stumble over. */
const TAKES_AWAY = [
  /\bdrop\s+(table|column|view|function|type|schema)\b/i,
  /\balter\s+table\s+\S+\s+(?:[^;`]*?,\s*)?drop\s+(?!constraint\b|not\b|default\b)/i,
  /\brename\b/i,
  /\bset\s+not\s+null\b/i,
  /\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/i,
  /\badd\s+(column\s+)?(?!constraint\b)\w+\s+\w+[^,;`]*\bnot\s+null\b(?![^,;`]*\bdefault\b)(?![^,;`]*\bgenerated\b)/i,
  /\.(dropTable|dropColumn|renameTo|renameColumn|dropView|setNotNull|setDataType)\(/,
  /\.(addPrimaryKeyConstraint|addUniqueConstraint|dropConstraint|dropIndex|unique)\(/,
] as const

/** Names of keys and unique indexes that were ever made by name. */
const KEYS = new Set(
  [...texts.values()].flatMap((text) => [
    ...named(
      text,
      /\bcreate\s+unique\s+index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?!on\b)(\w+)/gi,
    ),
    ...named(text, /\bconstraint\s+(\w+)\s+(?:primary\s+key|unique)\b/gi),
  ]),
)
const isKey = (name: string) => KEYS.has(name) || /_(?:pkey|key|key\d+)$/.test(name)

function named(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name.toLowerCase())
}

/** By a key of a table `on conflict` finds its row, and each version names its own. */
function touchesKeys(text: string): boolean {
  const own = new Set(named(text, /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)/gi))
  const dropped = [
    ...named(text, /\bdrop\s+constraint\s+(?:if\s+exists\s+)?(\w+)/gi),
    ...named(text, /\bdrop\s+index\s+(?:concurrently\s+)?(?:if\s+exists\s+)?([\w\s,]+)/gi).flatMap((names) =>
      names.split(/[\s,]+/),
    ),
  ]
  const tables = [
    ...named(
      text,
      /\balter\s+table\s+(?:only\s+)?(\w+)\s(?:(?!\bcreate\b)[^;`])*\badd\b(?:(?!\bcreate\b)[^;`])*\b(?:primary\s+key|unique)\b/gi,
    ),
    ...named(text, /\bcreate\s+unique\s+index\b[^;`]*?\son\s+(?:only\s+)?(\w+)/gi),
  ]
  return dropped.some(isKey) || tables.some((table) => !own.has(table))
}

/** From this migration on none of these is indexed in a transaction: whoever writes to it would wait until the index is made. */
const BESIDE_OTHERS = '0174'
const BUSY = /^(?:fact|site_state|visit\w*)$/
const INDEXED = [
  /\bcreate\s+(?:unique\s+)?index\b[^;`]*?\bon\s+(?:only\s+)?(?:public\.)?"?(\w+)/gi,
  /\.createIndex\((?:(?!\.createIndex\()[\s\S])*?\.on\('(\w+)'/g,
]
const holdsUp = (text: string) =>
  INDEXED.flatMap((pattern) => named(text, pattern)).some((table) => BUSY.test(table))

const takesAway = (text: string) => TAKES_AWAY.some((pattern) => pattern.test(text)) || touchesKeys(text)

test('a migration that takes away what the version before uses says so by its name', () => {
  const unsaid = [...texts].filter(
    ([name, text]) => name > FIRST && !/_since_\d{4}\.ts$/.test(name) && takesAway(text),
  )
  expect(unsaid.map(([name]) => name)).toEqual([])
})

test('a migration lets others write while it indexes what is written to all the time', () => {
  const holding = [...texts].filter(([name, text]) => name > BESIDE_OTHERS && holdsUp(text))
  expect(holding.map(([name]) => name)).toEqual([])
})

test.each([
  ['create index fact_by_actor on fact (actor_id)', true],
  ['create unique index if not exists one on only site_state (site_id)', true],
  ['create index on visit_day (site_id); create index on site (note)', true],
  ['create index on site (note); create index on visit (site_id)', true],
  [".createIndex('a').on('site').column('b'); db.schema.createIndex('c').on('fact').column('d')", true],
  ['create index site_note on site (note)', false],
  ["indexes = [{ name: 'fact_by_actor', on: 'fact (actor_id)' }]", false],
])('%s holds up whoever writes: %s', (statement, expected) => {
  expect(holdsUp(statement)).toBe(expected)
})

test.each([
  ['alter table site drop column note', true],
  ['alter table site add a int, drop b', true],
  ['alter table site rename to place', true],
  ['alter table site alter column note set not null', true],
  ['alter table site alter note type int', true],
  ['alter table site add note text not null', true],
  ["alter table site add note text not null default ''", false],
  ['alter table site add note text, add other int not null default 0', false],
  ['alter table site alter note drop not null', false],
  ['alter table site drop constraint site_check', false],
  ['create table thing (id int primary key, name text not null)', false],
  ['create index on site (note)', false],
  ['alter table site drop constraint site_pkey', true],
  ['alter table site add primary key (id, name)', true],
  ['alter table site add note text, add constraint site_url unique (url)', true],
  ['create unique index on site (note)', true],
  ['create unique index if not exists site_note on only site (note)', true],
  ['drop index alert_live', true],
  ['drop index if exists site_note, alert_live', true],
  ['drop index site_note', false],
  ["'alter table site add note text', 'create table thing (id int primary key)'", false],
  [
    'create table thing (id int); alter table thing add unique (id); create unique index on thing (id)',
    false,
  ],
])('%s: %s', (statement, expected) => {
  expect(takesAway(statement)).toBe(expected)
})
