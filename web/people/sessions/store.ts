import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { User } from '../../../shared/people/rights/rights.ts'
import { type Action, type Located, may } from '../../../shared/people/rights/rights-rules.ts'
import { CallError, call } from '../../base/call.ts'
import { forgetDrafts, openDraftsOf } from '../../base/drafts/store.ts'
import { forgetPerson } from '../../base/forget.ts'
import { useCity } from '../../base/live/store.ts'

export interface PasswordCredentials {
  username: string
  password: string
  code?: string
}
export type Credentials = PasswordCredentials | { wallKey: string }

/** A server that is away at the very start is asked again so often. */
const AGAIN_MS = 2_000

/** Who sits before this screen. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<User | null>(null)
  const isSignedIn = computed(() => user.value !== null)

  /** Why nobody can say who sits here: the server cannot be asked. Null once it has answered. */
  const trouble = shallowRef<unknown>(null)

  /** Who the cookie says we are; a server that cannot be asked is asked until it answers. Null: nobody. */
  async function load(): Promise<User | null> {
    while (!user.value) {
      try {
        const who = await confirm()
        trouble.value = null
        return who
      } catch (error) {
        trouble.value = error
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
    return user.value
  }

  /**
   * Asks again who we are. Only the server's own word that we are nobody forgets us; a server that is away, or
   * fails, says nothing about us, and what it made go wrong is thrown. Who asks meanwhile gets the same answer.
   */
  function confirm(): Promise<User | null> {
    confirming ??= ask().finally(() => {
      confirming = null
    })
    return confirming
  }
  let confirming: Promise<User | null> | null = null

  async function ask(): Promise<User | null> {
    try {
      return enter(await call('session'))
    } catch (error) {
      if (!(error instanceof CallError) || error.problem.status !== 401) throw error
      leave()
      return null
    }
  }

  async function signIn(credentials: Credentials): Promise<User> {
    return enter(await call('signIn', { body: credentials }))
  }

  /** @returns where to end the session at the sign-in provider too; null where there is none. */
  async function signOut(): Promise<string | null> {
    const { leaveAt } = await call('signOut')
    leave()
    forgetDrafts()
    return leaveAt
  }

  /** Asks again who we are, after something about it has changed. */
  async function refresh(): Promise<User> {
    return enter(await call('session'))
  }

  /** Another password; the duty to change it is then done. */
  async function changePassword(current: string, next: string, keepTokens: boolean): Promise<void> {
    await call('changePassword', { body: { current, next, keepTokens } })
    await refresh()
  }

  function enter(who: User): User {
    if (user.value && user.value.id !== who.id) leave()
    user.value = who
    openDraftsOf(who.id)
    // Whoever has to complete the sign-in first is told nothing yet.
    if (!who.mustChangePassword && !who.mustEnrolSecondFactor) useCity().start(who.rooms)
    return who
  }

  /**
   * Forgets who was here: signed out, or the server no longer knows us. Of a session that has run out the drafts
   * stay for whoever signs in next, if it is the same person.
   */
  function leave(): void {
    user.value = null
    forgetPerson()
    useCity().stop()
  }

  /** Whether a button that does `action` at `where` belongs on the screen; the server decides by the same rule. */
  function can(action: Action, where?: Located): boolean {
    return user.value !== null && may(user.value, action, where)
  }

  return { user, isSignedIn, trouble, load, confirm, signIn, signOut, refresh, changePassword, leave, can }
})
