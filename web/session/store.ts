import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { User } from '../../shared/users.ts'
import { type Action, type Located, may } from '../../shared/users-rules.ts'
import { CallError, call } from '../call.ts'
import { useCity } from '../city/store.ts'

export interface PasswordCredentials {
  username: string
  password: string
  code?: string
}
export type Credentials = PasswordCredentials | { wallKey: string }

/** Who sits before this screen. */
export const useSession = defineStore('session', () => {
  const user = shallowRef<User | null>(null)
  const isSignedIn = computed(() => user.value !== null)

  /** Asks once who the cookie says we are. Null: nobody. */
  async function load(): Promise<User | null> {
    if (user.value) return user.value
    try {
      return enter(await call('session'))
    } catch (error) {
      if (error instanceof CallError && error.problem.status === 401) return null
      throw error
    }
  }

  async function signIn(credentials: Credentials): Promise<User> {
    return enter(await call('signIn', { body: credentials }))
  }

  /** @returns where to end the session at the sign-in provider too; null where there is none. */
  async function signOut(): Promise<string | null> {
    const { leaveAt } = await call('signOut')
    leave()
    return leaveAt
  }

  /** Asks again who we are, after something about it has changed. */
  async function refresh(): Promise<User> {
    return enter(await call('session'))
  }

  /** Another password; the duty to change it is then done. */
  async function changePassword(current: string, next: string): Promise<void> {
    await call('changePassword', { body: { current, next } })
    await refresh()
  }

  function enter(who: User): User {
    user.value = who
    // Whoever has to complete the sign-in first is told nothing yet.
    if (!who.mustChangePassword && !who.mustEnrolSecondFactor) useCity().start(who.rooms)
    return who
  }

  /** Forgets who was here: signed out, or the server no longer knows us. */
  function leave(): void {
    user.value = null
    useCity().stop()
  }

  /** Whether a button that does `action` at `where` belongs on the screen; the server decides by the same rule. */
  function can(action: Action, where?: Located): boolean {
    return user.value !== null && may(user.value, action, where)
  }

  return { user, isSignedIn, load, signIn, signOut, refresh, changePassword, leave, can }
})
