import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../../server/base/db/migrations/', import.meta.url))

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
] as const

const takesAway = (text: string) => TAKES_AWAY.some((pattern) => pattern.test(text))

test('a migration that takes away what the version before uses says so by its name', () => {
  const names = readdirSync(folder).filter((name) => /^\d{4}_/.test(name) && name > FIRST)
  const unsaid = names.filter(
    (name) => !/_since_\d{4}\.ts$/.test(name) && takesAway(readFileSync(folder + name, 'utf8')),
  )
  expect(unsaid).toEqual([])
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
])('%s: %s', (statement, expected) => {
  expect(takesAway(statement)).toBe(expected)
})
