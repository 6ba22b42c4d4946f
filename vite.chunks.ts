import { fileURLToPath } from 'node:url'
import type { Rolldown } from 'vite'

/*
 * How the scripts of the pages are cut. Left to itself the bundler makes a file of every part that two pages share, and
 * a page asks for fifty. Here there are few: what the program and the wall need, what the pages of the desk share, each
 * page by itself, and the words of one language.
 */

const PROGRAM = fileURLToPath(new URL('./web/app/main.ts', import.meta.url))
/** The page that is open on the oldest computer of all. */
const WALL = fileURLToPath(new URL('./web/pages/city/WallPage.vue', import.meta.url))

/**
 * What a few pages have in common, and most of the desk never opens: the past, the rules of columns, what inspections and pictures
 * show, what is written into a notebook, planned pauses, accounts with their sessions, tokens and secrets, and of the census its findings, sheets, rounds, fields and editions. The name of a rule stands in
 * every list.
 */
const RARE =
  /\/(web|shared)\/(city\/replay\/|monitor\/(columns\/columns-rules|messages\/|(inspections|line|outbound|quality|rendering|wrong-words)\/|pictures\/(?!later))|census\/(?!rounds\/(completeness|DoneBar|StandingBadge))|desk\/(escalation\/|notebook\/(NoteDialog|NotePicture|screen-picture)|pauses\/(PlanDialog|TargetField))|pages\/(past|people)\/|base\/ui\/dialogs\/SecretDialog|people\/(rights\/TokenTable|sessions\/SessionTable)|register\/(filings|import|ledger|merges|own-fields|workdays)\/|register\/rule-editions\/(?!RuleName|\w+-rules))/

type Modules = Rolldown.ChunkingContext

/** Words of one language that are loaded together are one module, and by themselves. */
function wordsOf(id: string): string | null {
  const [, language, part] = /^\0virtual:words\/([\w-]+)\/(\w+)$/.exec(id) ?? []
  return part ? `words-${part}-${language}` : null
}

/** Names what comes with a module: itself, what it loads, and what that loads. */
function comingWith(begin: string, name: string): (id: string, modules: Modules) => string | null {
  let found: Set<string> | undefined
  return (id, modules) => {
    found ??= loadedBy(begin, modules)
    return found.has(id) ? name : null
  }
}

function loadedBy(begin: string, modules: Modules): Set<string> {
  const found = new Set([begin])
  // A set is walked in the order of insertion, also over what is added on the way.
  for (const id of found) for (const one of modules.getModuleInfo(id)?.importedIds ?? []) found.add(one)
  return found
}

/** The files of one build. */
export function scripts(): Rolldown.OutputOptions {
  return {
    codeSplitting: {
      groups: [
        { name: wordsOf, priority: 4 },
        { name: comingWith(PROGRAM, 'program'), priority: 3 },
        { name: comingWith(WALL, 'board'), minShareCount: 2, priority: 2 },
        { name: 'desk', test: (id) => !RARE.test(id), minShareCount: 2, priority: 1 },
        { name: 'rare', test: RARE, minShareCount: 2, priority: 0 },
      ],
    },
  }
}
