import { sql } from 'kysely'
import { connect } from '../../server/base/db/connect.ts'
import type { Db } from '../../server/base/db/database.ts'
import { migrate } from '../../server/base/db/migrate.ts'
import { spellAll } from '../../server/base/search/spell.ts'
import { spellAllLetters } from '../../server/census/letters/search/spell.ts'
import { ensureDivisions } from '../../server/register/divisions/seed.ts'
import { startPostgres } from '../support/databases/postgres-server.ts'
import { makeDistricts } from '../support/make.ts'
import { makePeople, PASSWORD } from '../support/people.ts'
import { startProduct } from '../support/product/product.ts'
import { type Session, signIn } from '../support/session.ts'
import { atMost, type Figure, percentile, told } from './figure.ts'

const [SITES, UNITS, LETTERS] = [84_094, 40_000, 1_000_000]
const AT_ONCE = 50_000
const LOOKS = 60
const [PLACES, OFFICES, THINGS, FAULTS] = [
  ['天河区', '越秀区', '海珠区', '荔湾区', '白云区', '番禺区', '从化区', '增城区', '石牌街道', '棠下街道'],
  ['人民政府', '教育局', '卫生健康局', '交通运输局', '水务局', '审计局', '司法局', '档案局', '街道办事处'],
  ['路灯', '电梯', '井盖', '公交站牌', '校门口', '小区车位', '菜市场', '河涌', '网站栏目', '办事指南'],
  [
    '长期无人维修',
    '夜间扰民',
    '积水严重',
    '打不开',
    '多年未更新',
    '收费不透明',
    '希望尽快答复',
    '存在安全隐患',
  ],
]

/** One field for everything, in a nation: sites, units and a million letters, on PostgreSQL. */
export async function benchSearch(): Promise<Figure[]> {
  const postgres = await startPostgres()
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  try {
    await fill(db)
    const began = performance.now()
    await spellAllLetters(db)
    const spelled = told(
      `${LETTERS} letters are spelled in the background`,
      (performance.now() - began) / 1000,
      's',
    )
    await spellAll(db)
    await sql`vacuum analyze`.execute(db)
    const product = await startProduct({
      env: { DATABASE_URL: postgres.url(), DEMO: 'off' },
      args: ['--role', 'web'],
    })
    try {
      await product.ready(120_000)
      return [spelled, ...(await ask(product.origin))]
    } finally {
      await product.stop()
    }
  } finally {
    await close()
    await postgres.remove()
  }
}

const oneOf = (words: readonly string[], n: string) =>
  sql`(${[...words]}::text[])[1 + (${sql.raw(n)})::int % ${words.length}::int]`

async function fill(db: Db): Promise<void> {
  await migrate(db)
  await ensureDivisions(db)
  await makeDistricts(db)
  await makePeople(db)
  await sql`insert into unit (name, district)
    select ${oneOf(PLACES, 'n')} || '第' || n || ${oneOf(OFFICES, 'n / 10')}, '440106' from generate_series(1, ${UNITS}::int) n`.execute(
    db,
  )
  await sql`insert into site (code, name, url, level, district, unit_id, created_at)
    select '44' || lpad(n::text, 8, '0'), ${oneOf(PLACES, 'n')} || ${oneOf(OFFICES, 'n / 10')} || '第' || n || '号门户网站',
      'http://s' || n || '.localhost/', 'street', '440106', (select min(id) from unit) + n % ${UNITS}::int, now()
    from generate_series(1, ${SITES}::int) n`.execute(db)
  await sql`insert into site_state (site_id, state, state_since, availability, since, v1, v2, next_visit_at)
    select id, 'healthy', now(), 'up', now(), 'ok', 'ok', now() from site on conflict do nothing`.execute(db)
  for (let from = 1; from <= LETTERS; from += AT_ONCE) {
    await sql`insert into letter (year, serial, via, kind, title, body, mark, state, unit_id, district, rules, workdays,
        received_on, due_on, due_provisional, created_at)
      select 2020 + n / 200000, n, 'import', 'report',
        ${oneOf(PLACES, 'n')} || n % 977 || '号' || ${oneOf(THINGS, 'n / 10')} || ${oneOf(FAULTS, 'n / 100')},
        repeat('内容', 60), md5(n::text), 'closed', (select min(id) from unit) + n % ${UNITS}::int, '440106', 'hotline-2015', 10,
        '2026-01-05', '2026-01-19', false, now()
      from generate_series(${from}::int, ${from + AT_ONCE - 1}::int) n`.execute(db)
  }
}

/** What people type, each several times over: what is everywhere, what is rare, what is nowhere. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  name: ['天河', '人民政府', '976号电梯积水', '第31999审计局', '没有这样的'],
  'number or code': ['4400012345', '2024-800001', '31999', '#7'],
  'pinyin, whole': ['tianhe', 'jishuiyanzhong', 'shenjiju', 'meiyou'],
  initials: ['th', 'thq', 'rmzf', 'dtjsyz', 'zzzz'],
}

async function ask(origin: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [who, target] of [
    ['duty', 150],
    ['owner', 150],
  ] as const) {
    const session: Session = await signIn(origin, who, PASSWORD)
    for (const [what, typed] of Object.entries(TYPED)) {
      const took: number[] = []
      const worst = new Map<string, number>()
      for (let n = 0; n < LOOKS; n++) {
        const q = typed[n % typed.length] ?? ''
        const began = performance.now()
        const answer = await session.fetch(`/api/search?${new URLSearchParams({ q })}`)
        const groups = (await answer.json()) as { failed: boolean }[]
        const ms = performance.now() - began
        took.push(ms)
        worst.set(q, Math.max(worst.get(q) ?? 0, ms))
        if (!answer.ok || groups.some(({ failed }) => failed)) throw new Error(`${q}: ${answer.status}`)
      }
      if (process.env.BENCH_DETAIL)
        console.error(who, what, [...worst].map(([q, ms]) => `${q} ${ms.toFixed(0)}`).join(', '))
      figures.push(
        atMost(
          `a field for ${SITES} sites, ${UNITS} units, ${LETTERS} letters, ${who}, by ${what}, p95`,
          percentile(took, 0.95),
          target,
          'ms',
        ),
      )
    }
  }
  return figures
}
