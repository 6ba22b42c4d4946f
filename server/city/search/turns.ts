import { createTurns, type Turns } from '../../base/turns.ts'
import './refusals.ts'

/** Searches at once in one process, and those that wait, each of somebody else. */
const [AT_ONCE, WAITING] = [2, 100]
/** Of one person one runs, and so many more wait, as from several windows; beyond them the newest count. */
const OWN_WAITING = 3

const turns = createTurns(AT_ONCE, WAITING, 'search.busy')
const people = new Map<number, { readonly own: Turns; asking: number }>()

/**
 * Runs a search when it is its turn: nobody has more than one place among all.
 * @param who the id of who searches
 * @param left says that nobody waits for it any more
 * @throws Refusal too_many_requests where too many wait, or newer ones of the same person do
 */
export async function inTurn<T>(
  who: number,
  left: AbortSignal | undefined,
  search: () => Promise<T>,
): Promise<T> {
  const person = people.get(who) ?? { own: createTurns(1, OWN_WAITING, 'search.busy', 'oldest'), asking: 0 }
  people.set(who, person)
  person.asking += 1
  try {
    return await person.own.run('known', () => turns.run('known', search, left), left)
  } finally {
    person.asking -= 1
    if (person.asking === 0) people.delete(who)
  }
}
