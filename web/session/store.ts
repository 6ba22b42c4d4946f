import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { type Action, type Located, may, type User } from '../../shared/users.ts'
import { CallError, call } from '../call.ts'
import { useCity } from '../city/store.ts'

export type Credentials = { username: string; password: string } | { wallKey: string }

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

  async function signOut(): Promise<void> {
    await call('signOut')
    leave()
  }

  /** Another password; the duty to change it is then done. */
  async function changePassword(current: string, next: string): Promise<void> {
    await call('changePassword', { body: { current, next } })
    if (user.value) user.value = { ...user.value, mustChangePassword: false }
  }

  function enter(who: User): User {
    user.value = who
    useCity().start(who.rooms)
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

  return { user, isSignedIn, load, signIn, signOut, changePassword, leave, can }
})
